package dev.kvstore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The whole application, started on a random port. */
class StartedSampleTest {

    @TempDir
    private Path directory;

    @Test
    void aRestartKeepsTheCounterAndDeletions() {
        try (var application = start()) {
            RestClient browser = browser(application);
            assertThat(view(browser)).contains(number(1), "Ada Lovelace");
            assertThat(view(browser)).contains(number(2));
            post(browser, "/order/delete", "key=customer");
        }
        try (var application = start()) {
            assertThat(view(browser(application))).contains(number(3)).doesNotContain("Ada Lovelace");
        }
    }

    /**
     * 3 MB exceed the size limit of the server for forms, and %ED%A0%80 is not UTF-8: both fail before the controller.
     */
    @Test
    void aFormThatTheServerCannotReadIsRefusedWithAMessage() {
        try (var application = start()) {
            for (String value : List.of("x".repeat(3_000_000), "%ED%A0%80")) {
                ResponseEntity<String> answer = post(browser(application), "/order", "key=essay&value=" + value);

                assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
                assertThat(answer.getBody()).contains("role=\"alert\"", "too long to be sent");
            }
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(SampleApplication.class)
                .run("--server.port=0", "--kvstore.path=" + directory.resolve("kvstore.db"));
    }

    private static RestClient browser(ApplicationContext application) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        // The JDK's plain factory does not follow the redirect after a form, which would count as a view.
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl("http://127.0.0.1:" + port)
                .build();
    }

    private static String view(RestClient browser) {
        return String.valueOf(browser.get().uri("/").retrieve().body(String.class));
    }

    private static ResponseEntity<String> post(RestClient browser, String path, String form) {
        return browser.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .onStatus(HttpStatusCode::isError, (request, response) -> {})
                .toEntity(String.class);
    }

    private static String number(long visits) {
        return "<span class=\"number\">" + visits + "</span>";
    }
}
