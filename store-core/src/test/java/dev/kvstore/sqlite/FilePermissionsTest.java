package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only its owner can access a new store; a file that others can access causes a warning. */
class FilePermissionsTest {

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

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
