package dev.kvstore.bucket4j.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kvstore.path=:memory:",
            "kvstore.rate-limit.limits.login.paths=/login",
            "kvstore.rate-limit.limits.login.methods=POST",
            "kvstore.rate-limit.limits.login.requests=3",
            "kvstore.rate-limit.limits.login.period=1h"
        })
class LoginLimitTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Login.class)
    static class Application {}

    @RestController
    static class Login {

        @PostMapping("/login")
        String login() {
            return "welcome";
        }
    }

    @Test
    void theFourthLoginIsRefused(@LocalServerPort int port) throws Exception {
        HttpRequest login = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
                .POST(BodyPublishers.noBody())
                .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(login, BodyHandlers.ofString()).body()).isEqualTo("welcome");
        }

        HttpResponse<String> fourth = client.send(login, BodyHandlers.ofString());

        assertThat(fourth.statusCode()).isEqualTo(429);
        assertThat(fourth.headers().firstValue("Retry-After")).contains("1200");
    }
}
