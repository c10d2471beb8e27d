package dev.kvstore.reliability;

import static dev.kvstore.secrets.Secrets.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvOpenException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import dev.kvstore.reliability.SecretOperations.Failure;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.Mount;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.util.unit.DataSize;

/**
 * Whatever fails, no value and no template text appears in an exception, its causes or suppressed exceptions, or in the
 * log at any level. {@link dev.kvstore.secrets.SecretsStayOutOfLogs} watches the log of each test.
 */
class SecretsTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();

    @TempDir
    Path directory;

    @BeforeEach
    void logEverything() {
        root.setLevel(Level.TRACE);
    }

    @BeforeEach
    void writeTemplates() throws Exception {
        Path templates = Files.createDirectory(directory.resolve("templates"));
        Files.writeString(templates.resolve("secret.txt"), VALUE + "[(${key})]");
        Files.writeString(templates.resolve("unparsable.txt"), VALUE + "[/" + VALUE + "]");
        Files.write(templates.resolve("malformed.txt"), (VALUE + "\u00FF").getBytes(StandardCharsets.ISO_8859_1));
    }

    @AfterEach
    void logAsBefore() {
        root.setLevel(level);
    }

    @Test
    void inAFile() {
        try (SqliteKvStore kv = open(builder -> {})) {
            requireFailuresOfTheCaller(requireKept(kv));
        }
    }

    @Test
    void inMemory() {
        try (SqliteKvStore kv = open(SqliteKvStore.Builder::inMemory)) {
            requireFailuresOfTheCaller(requireKept(kv));
        }
    }

    @Test
    void inANearCache() {
        try (SqliteKvStore kv = open(builder -> builder.nearCache(DataSize.ofMegabytes(1)))) {
            requireFailuresOfTheCaller(requireKept(kv));
            assertThat(kv.get("group", "key")).contains(VALUE);
            assertThat((Object) kv).asString().doesNotContain(VALUE);
        }
    }

    @Test
    void inANearCacheOfADeletedFile() throws Exception {
        try (SqliteKvStore kv = open(builder -> builder.nearCache(DataSize.ofMegabytes(1)))) {
            kv.set("group", "key", VALUE);
            Files.delete(file());

            requireThrown(requireKept(kv), DataAccessResourceFailureException.class);
        }
    }

    private static void requireFailuresOfTheCaller(List<Failure> failures) {
        assertThat(failures)
                .extracting(failure -> failure.operation().name())
                .contains("set long", "renderNamed missing");
        assertThat(failures)
                .extracting(failure -> (Object) failure.thrown().getClass())
                .contains(
                        KvLimitException.class,
                        KvNotFoundException.class,
                        KvTemplateException.class,
                        IllegalArgumentException.class)
                .hasSizeGreaterThan(15);
    }

    @Test
    void whenARenderingTakesTooLong() {
        try (SqliteKvStore kv = open(builder -> builder.inMemory().templates(templates(Duration.ofNanos(1))))) {
            kv.set("group", "key", VALUE);
            assertThat(requireKept(kv))
                    .anyMatch(failure -> failure.thrown().getMessage().contains("template.timeout"));
        }
    }

    @Test
    void whenTheStoreIsClosed() {
        SqliteKvStore kv = open(builder -> {});
        kv.set("group", "key", VALUE);
        kv.close();

        assertThat(requireKept(kv))
                .hasSize(SecretOperations.ALL.size())
                .anyMatch(failure -> failure.thrown() instanceof KvClosedException);
    }

    @Test
    void whenTheStoreIsReadOnly() {
        try (SqliteKvStore kv = open(builder -> {})) {
            kv.set("group", "key", VALUE);
        }
        try (SqliteKvStore kv = open(builder -> builder.readOnly(true))) {
            assertThat(requireKept(kv))
                    .extracting(failure -> failure.operation().name())
                    .contains("set", "deleteGroup");
        }
    }

    @Test
    void whenAnotherProcessHoldsTheLock() throws Exception {
        try (SqliteKvStore kv = open(builder -> builder.busyTimeout(Duration.ofMillis(10)));
                Foreign foreign = Foreign.open(file())) {
            kv.set("group", "key", VALUE);
            foreign.execute("BEGIN IMMEDIATE");

            requireThrown(requireKept(kv), CannotAcquireLockException.class);
        }
    }

    @Test
    void whenAConstraintRefusesTheEntry() throws Exception {
        try (SqliteKvStore kv = open(builder -> {});
                Foreign foreign = Foreign.open(file())) {
            kv.set("group", "key", VALUE);
            foreign.execute("CREATE TRIGGER no BEFORE INSERT ON kv BEGIN SELECT RAISE(ABORT, 'refused'); END");

            requireThrown(requireKept(kv), DataIntegrityViolationException.class);
        }
    }

    @Test
    void whenTheDiskIsFull() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        try (Mount mount = Mount.ofMegabytes(8, small);
                SqliteKvStore kv = open(builder -> builder.file(mount.path().resolve("kvstore.db")))) {
            kv.set("group", "key", VALUE);
            Path filler = small.resolve("filler");
            fill(filler);

            requireThrown(requireKept(kv), DataAccessResourceFailureException.class);

            Files.delete(filler);
            kv.set("group", "key", VALUE);
            assertThat(kv.get("group", "key")).contains(VALUE);
        }
    }

    private static void fill(Path file) throws Exception {
        try (OutputStream stream = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                stream.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Test
    void whenTheFileIsDeleted() throws Exception {
        try (SqliteKvStore kv = open(builder -> {})) {
            kv.set("group", "key", VALUE);
            Files.delete(file());

            requireThrown(requireKept(kv), DataAccessResourceFailureException.class);
        }
    }

    @Test
    void whenTheFileIsDamaged() throws Exception {
        try (SqliteKvStore kv = open(builder -> {})) {
            for (int i = 0; i < 1_000; i++) {
                kv.set("group", "key " + i, VALUE.repeat(80));
            }
        }
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 20_000));

        KvOpenException refused = catchThrowableOfType(
                KvOpenException.class, () -> open(builder -> {}).close());
        assertThat(refused.reason()).isEqualTo(KvOpenException.Reason.DAMAGED);
        assertThat(Secrets.textOf(refused)).doesNotContain(VALUE);
    }

    private static List<Failure> requireKept(SqliteKvStore kv) {
        List<Failure> failures = SecretOperations.call(kv);
        assertThat(SecretOperations.leaks(failures)).isEmpty();
        assertThat((Object) kv).asString().doesNotContain(VALUE);
        return failures;
    }

    private static void requireThrown(List<Failure> failures, Class<? extends RuntimeException> type) {
        assertThat(failures).anyMatch(failure -> type.isInstance(failure.thrown()));
    }

    private SqliteKvStore open(Consumer<SqliteKvStore.Builder> settings) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder()
                .file(file())
                .maxValueSize(DataSize.ofMegabytes(1))
                .templates(templates(Duration.ofSeconds(5)));
        settings.accept(builder);
        return builder.build();
    }

    private Path file() {
        return directory.resolve("kvstore.db");
    }

    private TemplateSettings templates(Duration timeout) {
        return new TemplateSettings(
                directory.resolve("templates").toUri().toString(),
                ".txt",
                true,
                DataSize.ofKilobytes(256),
                DataSize.ofKilobytes(128),
                timeout);
    }
}
