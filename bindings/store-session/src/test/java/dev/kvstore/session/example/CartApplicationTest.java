package dev.kvstore.session.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.http.Browser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** The application of docs/sessions.md, with a real server, Spring Security's login, and cookies. */
class CartApplicationTest {

    private static @TempDir Path directory;

    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        one = application();
        other = application();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    private static ConfigurableApplicationContext application() {
        return SpringApplication.run(
                CartApplication.class,
                "--server.port=0",
                "--kvstore.path=" + directory.resolve("kvstore.db"),
                "--server.servlet.session.timeout=2h",
                "--spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName(), // of the rival's tests
                "--spring.main.banner-mode=off");
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private String cart(ConfigurableApplicationContext application) throws Exception {
        return browser.get(port(application), "/cart");
    }

    private void logIn() throws Exception {
        browser.submit(port(one), "/login", "/login", "username=ada&password=engine");
    }

    @Test
    void aLoginIsKnownToBothApplicationsAndSurvivesARestart() throws Exception {
        assertThat(cart(one)).contains("Please sign in");
        logIn();
        browser.get(port(one), "/cart/add?item=tea");

        assertThat(cart(one)).isEqualTo("ada has [tea]");
        assertThat(cart(other)).isEqualTo("ada has [tea]");

        one.close();
        one = application();
        assertThat(cart(one)).isEqualTo("ada has [tea]");
    }

    @Test
    void aLogoutIsKnownToBothApplications() throws Exception {
        logIn();
        assertThat(cart(other)).isEqualTo("ada has []");
        String cookie = browser.cookie("SESSION");
        browser.submit(port(other), "/logout", "/logout", "");

        assertThat(cart(one)).contains("Please sign in");
        assertThat(sessions(one).findById(id(cookie))).isNull();
    }

    @Test
    void aLoginChangesTheId() throws Exception {
        browser.get(port(one), "/login");
        String before = browser.cookie("SESSION");
        logIn();

        assertThat(browser.cookie("SESSION")).isNotEmpty().isNotEqualTo(before);
        assertThat(sessions(one).findById(id(before))).isNull();
    }

    @Test
    void theSessionsOfAUserAreFoundAndEnded() throws Exception {
        logIn();
        assertThat(sessions(other).findByPrincipalName("ada"))
                .isNotEmpty()
                .allSatisfy((id, session) ->
                        assertThat(session.getMaxInactiveInterval()).hasHours(2));
        sessions(other)
                .findByPrincipalName("ada")
                .keySet()
                .forEach(id -> sessions(other).deleteById(id));

        assertThat(cart(one)).contains("Please sign in");
    }

    @Test
    void thePageShowsTheApplication() throws Exception {
        String page = Files.readString(Path.of("../../docs/sessions.md"));
        String example = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(Files.readString(Path.of("src/test/java/dev/kvstore/session/example/CartApplication.java")))
                .endsWith(example);
    }

    private static String id(String cookie) {
        return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static FindByIndexNameSessionRepository<Session> sessions(ConfigurableApplicationContext application) {
        return application.getBean(FindByIndexNameSessionRepository.class);
    }
}
