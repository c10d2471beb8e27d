package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvOpenException;
import dev.kvstore.KvStore;
import dev.kvstore.TemplateSettings;
import dev.kvstore.jdbc.ChangeRetention;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
class KvStorePropertiesTest {

    @TempDir
    Path directory;

    private Path file;
    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        file = directory.resolve("kvstore.db");
        host = Hosts.withStoreIn(file);
    }

    @Test
    void theDefaultsAreThoseOfTheStore() {
        KvStoreProperties defaults =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("kvstore", KvStoreProperties.class);
        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.path()).isEqualTo("data/kvstore.db");
        assertThat(defaults.purgeInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.busyTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.readers()).isNull();
        assertThat(defaults.readOnly()).isFalse();
        assertThat(new Limits(defaults.maxKeySize(), defaults.maxValueSize())).isEqualTo(Limits.DEFAULTS);
        assertThat(new ChangeRetention(
                        defaults.changes().retention(), defaults.changes().maxSize()))
                .isEqualTo(ChangeRetention.DEFAULTS);
        assertThat(new KvStoreSettings(defaults).templates()).isEqualTo(TemplateSettings.DEFAULTS);
    }

    @Test
    void anEmptyValueIsTheDefault() {
        host.withPropertyValues("kvstore.busy-timeout=", "kvstore.readers=", "kvstore.durability=")
                .run(context -> {
                    KvStoreProperties properties = context.getBean(KvStoreProperties.class);
                    assertThat(properties.busyTimeout()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(properties.readers()).isNull();
                    assertThat(properties.durability()).hasToString("FULL");
                });
    }

    @Test
    void pathNamesTheFileRelativeToTheWorkingDirectory() {
        Path relative = Path.of("").toAbsolutePath().relativize(file);
        host.withPropertyValues("kvstore.path=" + relative)
                .run(context -> assertThat(file).exists());
    }

    @Test
    void pathMayContainAnyCharacters() {
        Path odd = directory.resolve("a b?mode=memory&cache=shared;é.db");
        host.withPropertyValues("kvstore.path=" + odd)
                .run(context -> assertThat(odd).exists());
    }

    @Test
    void onlyTheNameMemoryMeansAStoreInMemory() {
        host.withPropertyValues("kvstore.path=:memory:").run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(directory).isEmptyDirectory();
            assertThat(Path.of(":memory:")).doesNotExist();
        });
    }

    @Test
    void durabilityIsFullByDefault(CapturedOutput output) {
        host.run(context -> assertThat(output).contains("durability FULL").doesNotContain("durability NORMAL"));
        host.withPropertyValues("kvstore.durability=normal")
                .run(context -> assertThat(output).contains("durability NORMAL"));
    }

    @Test
    void busyTimeoutLimitsTheWaitForALock() {
        host.withPropertyValues("kvstore.busy-timeout=20ms").run(context -> {
            try (Connection other = Hosts.connect(file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatExceptionOfType(CannotAcquireLockException.class)
                        .isThrownBy(() -> context.getBean(KvStore.class).set("group", "key", Secrets.VALUE))
                        .withMessageContaining("PT0.02S");
            }
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readersAreConnectionsInAdditionToTheWriter() {
        host.withPropertyValues("kvstore.readers=1")
                .run(context -> assertThat(openFiles()).isEqualTo(2));
        host.withPropertyValues("kvstore.readers=5")
                .run(context -> assertThat(openFiles()).isEqualTo(6));
    }

    private long openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::isOfTheStore).count();
        }
    }

    private boolean isOfTheStore(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void sizesLimitKeysAndValues() {
        host.withPropertyValues("kvstore.max-key-size=3B", "kvstore.max-value-size=4B")
                .run(context -> {
                    KvStore store = context.getBean(KvStore.class);
                    store.set("abc", "abc", "abcd");
                    assertThatExceptionOfType(KvLimitException.class)
                            .isThrownBy(() -> store.set("abc", "abcd", "abcd"))
                            .withMessageContaining("kvstore.max-key-size");
                    assertThatExceptionOfType(KvLimitException.class)
                            .isThrownBy(() -> store.set("abc", "abc", "abcde"))
                            .withMessageContaining("kvstore.max-value-size");
                });
    }

    @Test
    void theErrorOfATemplateNamesTheProperty() {
        host.withPropertyValues("kvstore.template.max-output=3B")
                .run(context -> assertThatExceptionOfType(KvLimitException.class)
                        .isThrownBy(() -> context.getBean(KvStore.class).render("four", "group"))
                        .withMessageContaining("3 bytes (kvstore.template.max-output)"));
    }

    @Test
    void theNearCacheIsOffByDefault() {
        host.run(context -> SqliteKvStore.open(file).close());
    }

    @Test
    void aStoreWithANearCacheUsesItsFileExclusively() {
        host.withPropertyValues("kvstore.near-cache.enabled=true", "kvstore.near-cache.max-size=1MB")
                .run(context -> {
                    KvStore store = context.getBean(KvStore.class);
                    store.set("group", "key", Secrets.VALUE);
                    assertThat(store.get("group", "key")).contains(Secrets.VALUE);
                    assertThatExceptionOfType(KvOpenException.class)
                            .isThrownBy(() -> SqliteKvStore.open(file))
                            .withMessageContaining("near cache");
                });
    }

    @Test
    void readOnlyRefusesWrites() {
        try (SqliteKvStore store = SqliteKvStore.open(file)) {
            store.set("group", "key", Secrets.VALUE);
        }
        host.withPropertyValues("kvstore.read-only=true").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            assertThat(store.get("group", "key")).contains(Secrets.VALUE);
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> store.set("group", "key", "other"))
                    .withMessageContaining("kvstore.read-only");
            assertThatNoException()
                    .isThrownBy(
                            () -> context.getBean(KvStorePurgeScheduling.class).start());
            await().until(() -> Hosts.purgeThreads().isEmpty());
        });
    }

    @Test
    void templatePropertiesBecomeTemplateSettings() {
        host.withPropertyValues(
                        "kvstore.template.prefix=file:mail/",
                        "kvstore.template.suffix=.mail",
                        "kvstore.template.strict=true",
                        "kvstore.template.max-length=1KB",
                        "kvstore.template.max-output=2KB",
                        "kvstore.template.timeout=3s")
                .run(context -> assertThat(new KvStoreSettings(context.getBean(KvStoreProperties.class)).templates())
                        .isEqualTo(new TemplateSettings(
                                "file:mail/",
                                ".mail",
                                true,
                                DataSize.ofKilobytes(1),
                                DataSize.ofKilobytes(2),
                                Duration.ofSeconds(3))));
    }
}
