package com.example.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.util.ClassUtils;

class PlainHostTest {

    @Test
    void itStartsWithoutConfigurationAndKeepsItsDataInTheDefaultFile() throws Exception {
        Path file = Path.of("data/kvstore.db");
        Files.deleteIfExists(file);
        for (String visit : new String[] {"1", "2"}) {
            try (var context = SpringApplication.run(PlainApplication.class, "--server.port=0")) {
                assertThat(context.getBeanNamesForType(DataSource.class)).isEmpty();
                assertThat(context.getBean(KvStore.class).count("visits")).isLessThan(2);
                String port = context.getEnvironment().getRequiredProperty("local.server.port");
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                        .build();
                assertThat(HttpClient.newHttpClient()
                                .send(request, BodyHandlers.ofString())
                                .body())
                        .isEqualTo(visit);
                assertThat(file).exists();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                "com.zaxxer.hikari.HikariDataSource",
                "ognl.Ognl",
                "javassist.ClassPool"
            })
    void itDoesNotReceive(String className) {
        assertThat(ClassUtils.isPresent(className, null)).isFalse();
    }
}
