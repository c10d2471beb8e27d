package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.CannotAcquireLockException;

/** The health of the store, as the actuator shows it. */
class KvStoreHealthTest {

    @TempDir
    Path directory;

    private Path file;
    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        file = directory.resolve("kvstore.db");
        host = Monitored.withStoreIn(file);
    }

    private static Health health(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(context.getBean("kvStoreHealthContributor", HealthIndicator.class)
                .health());
    }

    @Test
    void aStoreThatReadsAndWritesIsUp() {
        host.run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("read", "ok")
                    .containsEntry("lastWrite", "ok")
                    .containsKeys("size", "walSize", "free", "threshold");
        });
    }

    @Test
    void theCheckWritesNothing() {
        host.run(context -> {
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            byte[] wal = Files.readAllBytes(Path.of(file + "-wal"));
            health(context);
            assertThat(Files.readAllBytes(Path.of(file + "-wal"))).isEqualTo(wal);
        });
    }

    @Test
    void aFailedWriteMakesItDownUntilOneSucceeds() {
        host.withPropertyValues("kvstore.busy-timeout=0s").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            failToWrite(store);

            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsKey("lastWriteFailedAt").containsEntry("read", "ok");
            assertThat(String.valueOf(health.getDetails().get("lastWrite")))
                    .contains("lock")
                    .doesNotContain("key of a secret", Secrets.VALUE);

            store.set("group", "key", Secrets.VALUE);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    private void failToWrite(KvStore store) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatExceptionOfType(CannotAcquireLockException.class)
                    .isThrownBy(() -> store.set("group", "key of a secret", Secrets.VALUE));
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void aMistakeOfTheCallerChangesNothing() {
        host.withPropertyValues("kvstore.max-value-size=1B").run(context -> {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> context.getBean(KvStore.class).set("group", "key", Secrets.VALUE));
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> context.getBean(KvStore.class)
                            .group("group", Long.class)
                            .update("key", Expiry.never(), old -> Optional.of(12L)));
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void aReadOnlyStoreIsUp() {
        SqliteKvStore.open(file).close();
        host.withPropertyValues("kvstore.read-only=true").run(context -> {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> context.getBean(KvStore.class).set("group", "key", Secrets.VALUE));
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void aDiskWithLessThanTheThresholdIsDown() {
        host.withPropertyValues("management.health.kvstore.disk-space-threshold=1000000TB")
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
    }

    @Test
    void aFileThatIsGoneIsDown() {
        host.run(context -> {
            Files.delete(file);
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("free", "the file is gone, or cannot be read");
        });
    }

    @Test
    void aClosedStoreIsDown() {
        host.run(context -> {
            context.getBean(SqliteKvStore.class).close();
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("read", "the store is closed");
        });
    }

    @Test
    void aStoreInMemoryHasNoFileToCheck() {
        Monitored.host().withPropertyValues("kvstore.path=:memory:").run(context -> {
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).doesNotContainKeys("size", "walSize", "free");
        });
    }

    @Test
    void aStoreOfTheHostIsReadButNotObserved() {
        host.withBean("ofTheHost", KvStore.class, SqliteKvStore::inMemory).run(context -> {
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("read");
        });
    }

    @Test
    void storesOfTheHostAreReadByTheirNames() {
        host.withBean("one", KvStore.class, SqliteKvStore::inMemory)
                .withBean("other", KvStore.class, SqliteKvStore::inMemory)
                .run(context -> assertThat(health(context).getDetails()).containsOnlyKeys("read.one", "read.other"));
    }

    @Test
    void aContributorOfTheHostWins() {
        host.withBean(
                        "kvStoreHealthContributor",
                        HealthIndicator.class,
                        () -> () -> Health.unknown().build())
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
    }

    @Test
    void aPropertyTurnsItOff() {
        host.withPropertyValues("management.health.kvstore.enabled=false").run(KvStoreHealthTest::requireNone);
        host.withPropertyValues("management.health.defaults.enabled=false").run(KvStoreHealthTest::requireNone);
        host.withPropertyValues("kvstore.enabled=false").run(KvStoreHealthTest::requireNone);
    }

    private static void requireNone(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed().doesNotHaveBean("kvStoreHealthContributor");
    }

    @Test
    void withoutTheActuatorThereIsNoHealthAndNoObserver() {
        host.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.health", "org.springframework.boot.actuate", "io.micrometer"))
                .run(context -> {
                    requireNone(context);
                    assertThat(context).hasSingleBean(KvStore.class).doesNotHaveBean(KvStoreWatch.class);
                    assertThat(context).doesNotHaveBean("kvStoreObserverCustomizer");
                });
    }
}
