package dev.kvstore.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.SqliteKvStore;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths name a file, and which are refused because they look like a mistake. */
class StorePathTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "most of these are no valid paths on Windows")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ~/kvstore.db              | home directory to a shell only     | ${user.home}/
            ~                         | home directory to a shell only     | ${user.home}/
            file:kvstore.db           | 'file:' makes it a URL             | Leave out 'file:'
            file:///data/kvstore.db   | 'file:' makes it a URL             | Leave out 'file:'
            FILE:data/kvstore.db      | 'FILE:' makes it a URL             | absolute path
            classpath:kvstore.db      | 'classpath:' makes it a URL        | name a file on a disk
            jdbc:sqlite:kvstore.db    | 'jdbc:' makes it a URL             | name a file on a disk
            " data/kvstore.db"        | begins with a blank                | Remove it
            """)
    void aRelativePathThatLooksLikeSomethingElseIsRefused(String path, String problem, String action) {
        Path file = Path.of(path);

        requireRefused(file, problem, action);

        assertThat(file.getName(0)).doesNotExist();
    }

    @ParameterizedTest
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "some of these are no valid paths on Windows")
    @ValueSource(strings = {"~/kvstore.db", "file:kvstore.db", " kvstore.db", "classpath:a/kvstore.db"})
    void anAbsolutePathIsTakenLiterally(String name) {
        Path file = directory.resolve(name);

        SqliteKvStore.open(file).close();

        assertThat(file).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.db-wal", "kvstore.db-shm", "kvstore-journal", "-wal", "KVSTORE.DB-WAL"})
    void aNameThatSqliteGivesToItsOwnFilesIsRefused(String name) {
        requireRefused(
                directory.resolve(name), "as a file that SQLite creates beside a database", "Choose another name");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLinkToAFileOfSqliteIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("kvstore.db"), directory.resolve("other.db-wal"));

        requireRefused(link, "ends in '-wal'", "Choose another name");
    }

    @Test
    void aLinkToAMissingTargetCreatesTheStoreAtTheTarget() throws Exception {
        Path target = directory.resolve("volume/sub/kvstore.db");
        Path relative = Path.of("volume/sub/kvstore.db");
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), relative);
        try (SqliteKvStore kv = SqliteKvStore.open(link)) {
            kv.set("group", "key", "value");
        }

        assertThat(link).isSymbolicLink();
        try (SqliteKvStore kv = SqliteKvStore.open(target)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void aDirectoryLinkToAMissingTargetCreatesTheDirectoryAtTheTarget() throws Exception {
        Files.createSymbolicLink(directory.resolve("data"), directory.resolve("volume"));

        SqliteKvStore.open(directory.resolve("data/./kvstore.db")).close();

        assertThat(directory.resolve("volume/kvstore.db")).isRegularFile();
    }

    @Test
    void aWalBesideTheMissingTargetOfALinkIsKept() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("kvstore.db"));
        Path wal = Files.writeString(directory.resolve("kvstore.db-wal"), "entries");

        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(link))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));

        assertThat(wal).hasContent("entries");
        assertThat(directory.resolve("kvstore.db")).doesNotExist();
    }

    @Test
    void circularLinksAreRefused() throws Exception {
        Path one = directory.resolve("one.db");
        Path two = Files.createSymbolicLink(directory.resolve("two.db"), one);
        Files.createSymbolicLink(one, two);

        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(one))
                .withMessageContaining("FileSystemLoopException")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY));
    }

    @Test
    void aPathInAnArchiveIsRefused() throws Exception {
        URI archive = URI.create("jar:" + directory.resolve("archive.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            requireRefused(zip.getPath("/kvstore.db"), "another file system", "on a disk of this machine");
        }
    }

    @Test
    void aWindowsNetworkShareIsRecognized() {
        assertThat(StorePath.isOnShare(URI.create("file://server/share/kvstore.db")))
                .isTrue();
        assertThat(StorePath.isOnShare(URI.create("file:///C:/data/kvstore.db")))
                .isFalse();
        assertThat(StorePath.isOnShare(directory.toUri())).isFalse();
    }

    @Test
    void networkAndSharedFileSystemsAreRecognized() {
        assertThat(List.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "fuse.ceph", "fuse.glusterfs"))
                .allMatch(NetworkFileSystem::is);
        assertThat(List.of("lustre", "virtiofs", "davfs", "vboxsf", "grpcfuse", "fuse.grpcfuse", "fuse.s3fs"))
                .allMatch(NetworkFileSystem::is);
        assertThat(List.of("ext4", "xfs", "btrfs", "zfs", "apfs", "NTFS", "fuseblk", "tmpfs", "overlay"))
                .noneMatch(NetworkFileSystem::is);
        assertThat(NetworkFileSystem.is("fuse.fuse-overlayfs"))
                .as("the layers of a rootless container")
                .isFalse();
    }

    private static void requireRefused(Path file, String problem, String action) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PATH))
                .satisfies(e -> assertThat(e.path()).isEqualTo(file.toString()))
                .satisfies(e -> assertThat(e.problem()).contains(problem))
                .satisfies(e -> assertThat(e.action()).contains(action));
    }
}
