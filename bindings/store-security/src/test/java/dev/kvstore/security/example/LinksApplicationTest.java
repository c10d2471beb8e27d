package dev.kvstore.security.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.http.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application of docs/security-tokens.md, with a real server and cookies. */
class LinksApplicationTest {

    private static final String COOKIE = "remember-me";
    private static final String LOGIN = "Please sign in";

    private static @TempDir Path directory;

    private static ConfigurableApplicationContext application;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(LinksApplication.class, Outbox.class)
                .run(
                        "--server.port=0",
                        "--kvstore.path=" + directory.resolve("kvstore.db"),
                        "--spring.main.banner-mode=off");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static int port() {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private String home() throws Exception {
        return browser.get(port(), "/");
    }

    private String requestedLink() throws Exception {
        assertThat(browser.submit(port(), "/login", "/ott/generate", "username=ada"))
                .isEqualTo("Look into your mail.");
        return Outbox.LAST.get();
    }

    private String follow(String link) throws Exception {
        return browser.submit(port(), link, "/login/ott", link.substring(link.indexOf('?') + 1));
    }

    private void logInAndBeRemembered() throws Exception {
        browser.submit(port(), "/login", "/login", "username=ada&password=engine&remember-me=on");
    }

    private static long remembered() {
        return application.getBean(KvStore.class).count("security:remember-me-tokens");
    }

    @Test
    void aLinkLogsInOnce() throws Exception {
        String link = requestedLink();
        assertThat(follow(link)).isEqualTo("Hello ada");

        browser.forget("JSESSIONID");
        follow(link);
        assertThat(home()).contains(LOGIN);
    }

    @Test
    void aLinkWorksAfterARestart() throws Exception {
        String link = requestedLink();
        application.close();
        start();

        assertThat(follow(link)).isEqualTo("Hello ada");
    }

    @Test
    void aLoginIsRememberedOverTheEndOfTheSessionAndARestart() throws Exception {
        logInAndBeRemembered();
        String first = browser.cookie(COOKIE);
        application.close();
        start();
        browser.forget("JSESSIONID");

        assertThat(home()).isEqualTo("Hello ada");
        assertThat(browser.cookie(COOKIE)).isNotEmpty().isNotEqualTo(first);
    }

    @Test
    void aStolenCookieEndsAllRememberedLogins() throws Exception {
        logInAndBeRemembered();
        String stolen = browser.cookie(COOKIE);
        browser.forget("JSESSIONID");
        assertThat(home()).isEqualTo("Hello ada");
        assertThat(remembered()).isPositive();

        browser.forget("JSESSIONID");
        browser.setCookie(COOKIE, stolen);
        assertThat(home()).doesNotContain("Hello");
        assertThat(remembered()).isZero();
    }

    @Test
    void aLogoutForgetsTheRememberedLogins() throws Exception {
        logInAndBeRemembered();
        assertThat(remembered()).isPositive();
        browser.submit(port(), "/logout", "/logout", "");

        assertThat(remembered()).isZero();
        assertThat(home()).contains(LOGIN);
    }

    @Test
    void thePageShowsTheApplication() throws Exception {
        String page = Files.readString(Path.of("../../docs/security-tokens.md"));
        String example = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(Files.readString(Path.of("src/test/java/dev/kvstore/security/example/LinksApplication.java")))
                .endsWith(example);
    }

    /** The mail of the test. */
    @Configuration(proxyBeanMethods = false)
    static class Outbox {

        static final AtomicReference<String> LAST = new AtomicReference<>("");

        @Bean
        LinksApplication.Mail mail() {
            return (user, text) -> LAST.set(text);
        }
    }
}
