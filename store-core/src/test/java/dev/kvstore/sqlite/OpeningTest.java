package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kvstore.Durability;
import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.connection.SqliteConnections;
import dev.kvstore.sqlite.connection.SqliteSettings;
import dev.kvstore.sqlite.connection.StoreConnection;
import dev.kvstore.sqlite.file.FileIdentity;
import dev.kvstore.sqlite.file.StoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Where a store can be, and what a person is told when it cannot be opened. */
class OpeningTest {

    @TempDir
    Path directory;

    @Test
    void aMissingDirectoryAndTheFileAreCreatedWithAccessForTheOwnerOnly() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path file = directory.resolve("a/b/kvstore.db");

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            for (String name : List.of("a/b/kvstore.db", "a/b/kvstore.db-wal", "a/b/kvstore.db-shm")) {
                assertThat(permissions(directory.resolve(name))).isEqualTo("rw-------");
            }
        }
        assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":memory:",
                "file:kvstore.db",
                "kv.db?mode=memory",
                "kv.db?cipher=x&key=y#fragment",
                "100%41.db",
                "with blanks and 'quotes'",
                "漢字 é.db",
                ":resource:kv.db"
            })
    void everyFileNameIsTakenLiterally(String name) throws Exception {
        Path file = directory.resolve(name);

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void aSymbolicLinkIsFollowed() throws Exception {
        Path target = directory.resolve("target/kvstore.db");
        SqliteKvStore.open(target).close();
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), target);

        try (SqliteKvStore kv = SqliteKvStore.open(link)) {
            kv.set("group", "key", "value");
        }

        try (SqliteKvStore kv = SqliteKvStore.open(target)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void entriesSurviveReopening() {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void storesInMemoryAreIndependent() {
        try (SqliteKvStore first = SqliteKvStore.inMemory();
                SqliteKvStore second = SqliteKvStore.inMemory()) {
            first.set("group", "key", "value");

            assertThat(second.get("group", "key")).isEmpty();
        }
    }

    @Test
    void everyConnectionHasItsPragmas() throws Exception {
        Path file = directory.resolve("kvstore.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.NORMAL, Duration.ofMillis(100), 1, false, false);
        SqliteConnections connections = new SqliteConnections(settings);

        try (StoreConnection writer = new StoreConnection(connections.openWriter(), "writer");
                StoreConnection migration =
                        new StoreConnection(connections.migrationDataSource().getConnection(), "migration");
                StoreConnection reader = new StoreConnection(connections.openReader(), "reader")) {
            for (StoreConnection connection : List.of(writer, migration, reader)) {
                assertThat(pragma(connection, "PRAGMA journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "PRAGMA synchronous")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA busy_timeout")).isEqualTo("100");
                assertThat(pragma(connection, "PRAGMA trusted_schema")).isEqualTo("0");
                assertThat(pragma(connection, "PRAGMA cell_size_check")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA checkpoint_fullfsync")).isEqualTo("1");
                assertThat(pragma(connection, "PRAGMA fullfsync")).isEqualTo("0");
            }
            assertThat(pragma(writer, "PRAGMA query_only")).isEqualTo("0");
            assertThat(pragma(reader, "PRAGMA query_only")).isEqualTo("1");
        }
    }

    @Test
    void aConnectionCanAttachNoOtherDatabase() {
        Path other = directory.resolve("other.db");
        Path file = directory.resolve("kvstore.db");
        StoreFile.prepare(file, false);
        SqliteSettings settings = new SqliteSettings(file, Durability.FULL, Duration.ofMillis(100), 1, false, false);

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> {
            try (StoreConnection writer = new StoreConnection(new SqliteConnections(settings).openWriter(), "writer")) {
                writer.call(jdbc -> jdbc.update("ATTACH DATABASE ? AS other", other.toString()));
            }
        });
        assertThat(other).doesNotExist();
    }

    @Test
    void aPathOfADirectoryIsRefused() {
        requireRefused(directory, Reason.NOT_A_STORE, "is a directory");
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsNamedTogetherWithTheUser() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");

        requireRefused(file.resolve("sub/kvstore.db"), Reason.DIRECTORY, System.getProperty("user.name"));
        requireRefused(file.resolve("kvstore.db"), Reason.DIRECTORY, System.getProperty("user.name"));
    }

    @Test
    void aDirectoryThatIsReadOnlyIsNamed() throws Exception {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        SqliteKvStore.open(locked.resolve("there.db")).close();
        try (Mount mount = Mount.readOnly(locked)) {
            requireRefused(mount.path().resolve("new.db"), Reason.DIRECTORY, "make it writable");
            requireRefused(locked.resolve("there.db"), Reason.NOT_WRITABLE, "the directory must be writable");
            requireRefused(
                    locked.resolve("there.db"),
                    Reason.NOT_WRITABLE,
                    "the directory must be writable",
                    builder -> builder.readOnly(true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "this is a text file, and no database; ", "SQLite format 3"})
    void aFileThatIsNoDatabaseIsRefusedUntouched(String content) throws Exception {
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogWhoseDatabaseIsMissingOrEmptyIsKept(boolean missing) throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path killed = Files.createDirectory(directory.resolve("killed")).resolve("kvstore.db");
        byte[] log;
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            log = Files.readAllBytes(FileIdentity.walOf(file));
        }
        assertThat(log).isNotEmpty();
        Files.write(FileIdentity.walBeside(killed), log);
        if (!missing) {
            Files.createFile(killed);
        }

        requireRefused(killed, Reason.DAMAGED, killed + "-wal");

        assertThat(Files.readAllBytes(FileIdentity.walBeside(killed))).isEqualTo(log);
        assertThat(Files.exists(killed)).isEqualTo(!missing);
    }

    @Test
    void aTruncatedDatabaseWithAWalIsRefusedAndBothAreKept() throws Exception {
        Path file = directory.resolve("kvstore.db");
        Path copy = Files.createDirectory(directory.resolve("killed")).resolve("kvstore.db");
        byte[] half;
        byte[] log;
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            for (int i = 0; i < 100; i++) {
                kv.set("group", "key " + i, "value".repeat(100));
            }
            Foreign.open(file).execute("PRAGMA wal_checkpoint(TRUNCATE)").close();
            kv.set("group", "key 1", "changed");
            half = Arrays.copyOf(Files.readAllBytes(file), 6_000);
            log = Files.readAllBytes(FileIdentity.walOf(file));
        }
        Files.write(copy, half);
        Files.write(FileIdentity.walOf(copy), log);

        requireRefused(copy, Reason.DAMAGED, "restore a backup");

        assertThat(Files.readAllBytes(copy)).isEqualTo(half);
        assertThat(Files.readAllBytes(FileIdentity.walOf(copy))).isEqualTo(log);
    }

    @Test
    void openingLogsTheAbsolutePathAndNoWarningForAFileOnlyItsOwnerCanAccess() {
        Path file = directory.resolve("kvstore.db");
        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore.open(file).close();
            SqliteKvStore.open(file).close();

            assertThat(log.lines("INFO"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("'" + file.toAbsolutePath() + "' (SQLite 3."));
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
    void openingWarnsOfAFileThatOtherUsersCanReadOrWrite(String permissions) throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        try (CapturedLog log = new CapturedLog()) {
            SqliteKvStore.open(file).close();
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains(file.toString())
                    .contains("read or written by other users")
                    .contains("chmod 600");
        }
    }

    @Test
    void theDirectoryOfANewFileIsSyncedInAnInterruptedThreadAsWell() {
        try (CapturedLog log = new CapturedLog()) {
            Thread.currentThread().interrupt();
            StoreFile.prepare(directory.resolve("a/kvstore.db"), false);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(log.lines("DEBUG")).noneMatch(line -> line.contains("does not sync directories"));
        }
    }

    @Test
    void aZeroByteFileIsANewStore() throws Exception {
        Path file = Files.createFile(directory.resolve("kvstore.db"));

        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.count("group")).isZero();
        }
    }

    @Test
    void aFileThatAnotherProcessHasLockedIsWaitedForAndThenNamed() throws Exception {
        Path file = directory.resolve("kvstore.db");
        SqliteKvStore.open(file).close();
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("PRAGMA locking_mode = EXCLUSIVE");
            foreign.execute("UPDATE kv SET value = value");

            requireRefused(file, Reason.LOCKED, "kvstore.busy-timeout", builder -> builder.busyTimeout(Duration.ZERO));
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
            // Refused once at least, and about to try again.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> opening.isDone() || opener.getState() == Thread.State.TIMED_WAITING);
            assertThat(opening).isNotDone();
        }

        opening.get().close();
    }

    @Test
    void aSqliteWithTheWalResetBugIsTooOld() {
        assertThat(List.of("3.51.3", "3.51.10", "3.52.0", "3.53.4", "4.0")).allMatch(SqliteVersion::isRecent);
        assertThat(List.of("3.51.2", "3.50.3", "3.9.0", "3", "2.8.17")).noneMatch(SqliteVersion::isRecent);
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

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String pragma(StoreConnection connection, String pragma) {
        return String.valueOf(connection.<Object>call(
                jdbc -> jdbc.queryForMap(pragma).values().iterator().next()));
    }
}
