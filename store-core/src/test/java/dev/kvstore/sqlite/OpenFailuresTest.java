package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.file.FileIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be opened is left unchanged; the error names the file, the problem and the remedy. */
class OpenFailuresTest {

    @TempDir
    Path directory;

    @Test
    void aPathOfADirectoryIsRefused() {
        requireRefused(directory, Reason.NOT_A_STORE, "is a directory");
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsNamedTogetherWithTheUser() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a file, not a directory");

        requireRefused(file.resolve("sub/kvstore.db"), Reason.DIRECTORY, System.getProperty("user.name"));
        requireRefused(file.resolve("kvstore.db"), Reason.DIRECTORY, System.getProperty("user.name"));
    }

    @Test
    void aReadOnlyDirectoryIsNamed() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("read-only"));
        SqliteKvStore.open(readOnly.resolve("existing.db")).close();
        try (Mount mount = Mount.readOnly(readOnly)) {
            requireRefused(mount.path().resolve("new.db"), Reason.DIRECTORY, "make it writable");
            requireRefused(readOnly.resolve("existing.db"), Reason.NOT_WRITABLE, "the directory must be writable");
            requireRefused(
                    readOnly.resolve("existing.db"),
                    Reason.NOT_WRITABLE,
                    "the directory must be writable",
                    builder -> builder.readOnly(true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "this is a text file, and no database; ", "SQLite format 3"})
    void aFileThatIsNotADatabaseIsRefusedUntouched(String content) throws Exception {
        String text = content.length() > 20 ? content.repeat(100) : content;
        Path file = Files.writeString(directory.resolve("kvstore.db"), text);

        requireRefused(file, Reason.NOT_A_STORE, "not a SQLite database");

        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aTruncatedDatabaseIsRefusedAndKept() throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            for (int i = 0; i < 100; i++) {
                kv.set("group", "key " + i, "value".repeat(100));
            }
        }
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), 6_000);
        Files.write(file, half);

        requireRefused(file, Reason.DAMAGED, "restore a backup");

        assertThat(Files.readAllBytes(file)).isEqualTo(half);
    }

    @Test
    void aTruncatedDatabaseWithAWalIsRefusedAndBothAreKept() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path copy = Files.createDirectory(directory.resolve("killed")).resolve("kvstore.db");
        byte[] half;
        byte[] wal;
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            for (int i = 0; i < 100; i++) {
                kv.set("group", "key " + i, "value".repeat(100));
            }
            Foreign.open(file).execute("PRAGMA wal_checkpoint(TRUNCATE)").close();
            kv.set("group", "key 1", "changed");
            half = Arrays.copyOf(Files.readAllBytes(file), 6_000);
            wal = Files.readAllBytes(FileIdentity.walOf(file));
        }
        Files.write(copy, half);
        Files.write(FileIdentity.walOf(copy), wal);

        requireRefused(copy, Reason.DAMAGED, "restore a backup");

        assertThat(Files.readAllBytes(copy)).isEqualTo(half);
        assertThat(Files.readAllBytes(FileIdentity.walOf(copy))).isEqualTo(wal);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWalWhoseDatabaseIsMissingOrEmptyIsKept(boolean missing) throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path killed = Files.createDirectory(directory.resolve("killed")).resolve("kvstore.db");
        byte[] wal;
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            wal = Files.readAllBytes(FileIdentity.walOf(file));
        }
        assertThat(wal).isNotEmpty();
        Files.write(FileIdentity.walBeside(killed), wal);
        if (!missing) {
            Files.createFile(killed);
        }

        requireRefused(killed, Reason.DAMAGED, killed + "-wal");

        assertThat(Files.readAllBytes(FileIdentity.walBeside(killed))).isEqualTo(wal);
        assertThat(Files.exists(killed)).isEqualTo(!missing);
    }

    @Test
    void openingWaitsForTheBusyTimeoutAndThenNamesTheLockedFile() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA locking_mode = EXCLUSIVE");
            foreign.execute("UPDATE kv SET value = value");

            requireRefused(file, Reason.LOCKED, "busyTimeout", builder -> builder.busyTimeout(Duration.ZERO));
            requireRefused(file, Reason.LOCKED, "holds a lock", builder -> builder.busyTimeout(Duration.ofMillis(300)));
        }
        SqliteKvStore.open(file).close();
    }

    @Test
    void openingSucceedsOnceAnotherProcessReleasesTheLock() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        FutureTask<SqliteKvStore> opening = new FutureTask<>(() -> SqliteKvStore.builder()
                .file(file)
                .busyTimeout(Duration.ofMinutes(1))
                .build());
        Thread opener = new Thread(opening);
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA locking_mode = EXCLUSIVE").execute("UPDATE kv SET value = value");
            opener.start();
            // TIMED_WAITING: at least one attempt has failed, and the opener pauses before the next one.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> opening.isDone() || opener.getState() == Thread.State.TIMED_WAITING);
            assertThat(opening).isNotDone();
        }

        opening.get().close();
    }

    private static void requireRefused(Path file, Reason reason, String words) {
        requireRefused(file, reason, words, builder -> {});
    }

    private static void requireRefused(
            Path file, Reason reason, String words, Consumer<SqliteKvStore.Builder> setting) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().file(file);
        setting.accept(builder);
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(builder::build)
                .withMessageContaining(file.toString())
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.path()).isEqualTo(file.toString()))
                .satisfies(e -> assertThat(List.of(e.problem(), e.action())).doesNotContain(""))
                .satisfies(e -> assertThat(e).hasMessageContaining(e.problem()).hasMessageEndingWith(e.action()));
    }
}
