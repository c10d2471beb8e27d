package com.example.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class LifecycleTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = directory.resolve("kvstore.db");
    }

    @Test
    void twoContextsShareOneFile() {
        try (var one = start()) {
            KvStore store = one.getBean(KvStore.class);
            try (var two = start()) {
                store.set("group", "one", "1");
                two.getBean(KvStore.class).set("group", "two", "2");
                assertThat(store.getAll("group")).containsOnlyKeys("one", "two");
            }
            store.set("group", "three", "3");
            assertThat(store.count("group")).isEqualTo(3);
        }
        assertNothingIsLeftOpen();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aNearCacheWithoutCaffeineIsRefusedBeforeTheFileIsOpened(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("--kvstore.near-cache.enabled=true"));
        assertThat(output)
                .contains("Invalid value 'true' for configuration property 'kvstore.near-cache.enabled'")
                .contains("com.github.ben-manes.caffeine:caffeine");
        assertThat(file).doesNotExist();
    }

    @Test
    void aRestartedContextKeepsItsStoreAndPurgesAgain() throws Exception {
        try (var context = start()) {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE);
            context.stop();
            await().until(() -> purgeThreads().isEmpty());
            assertThat(store.get("group", "key")).contains(Secrets.VALUE);
            context.start();
            store.set("group", "other", Secrets.VALUE, Duration.ofMillis(1));
            await().until(() -> rows() == 1);
        }
        assertNothingIsLeftOpen();
    }

    @Test
    void aFailedStartLeavesNothingOpen() throws Exception {
        assertThatException()
                .isThrownBy(
                        () -> host(PlainApplication.class, FailingRunner.class).run())
                .withMessage("the runner of the host failed");
        assertNothingIsLeftOpen();
        Files.delete(file);
        start().close();
        assertNothingIsLeftOpen();
    }

    @Test
    void aFailedRefreshLeavesNothingOpen() {
        assertThatException()
                .isThrownBy(
                        () -> host(PlainApplication.class, FailingBean.class).run())
                .withStackTraceContaining("the last bean of the host failed");
        assertNothingIsLeftOpen();
    }

    @Test
    void aLazyApplicationOpensAndPurgesItsStore() {
        try (var context = start("--spring.main.lazy-initialization=true")) {
            assertThat(context.getBeanFactory().containsSingleton("kvStore")).isTrue();
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE, Duration.ofMillis(1));
            await().until(() -> rows() == 0);
        }
        assertNothingIsLeftOpen();
    }

    private ConfigurableApplicationContext start(String... properties) {
        return host(PlainApplication.class).run(properties);
    }

    private SpringApplicationBuilder host(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .properties("kvstore.path=" + file, "kvstore.purge-interval=5ms");
    }

    private void assertNothingIsLeftOpen() {
        assertThat(directory.toFile().list()).containsExactly("kvstore.db");
        await().until(() -> purgeThreads().isEmpty());
    }

    private static List<Thread> purgeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kvstore-purge-"))
                .toList();
    }

    private int rows() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM kv")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    static class FailingRunner {

        @Bean
        ApplicationRunner failingRunner(KvStore store) {
            return arguments -> {
                store.set("group", "key", Secrets.VALUE);
                throw new IllegalStateException("the runner of the host failed");
            };
        }
    }

    static class FailingBean {

        @Bean
        Object failingBean(SqliteKvStore store) {
            store.set("group", "key", Secrets.VALUE);
            throw new IllegalStateException("the last bean of the host failed");
        }
    }
}
