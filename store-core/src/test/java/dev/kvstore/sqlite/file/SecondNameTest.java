package dev.kvstore.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import dev.kvstore.sqlite.Mount;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opened by a second name, a file would get a second WAL, and each of its stores would lose writes of the other. */
class SecondNameTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void create() {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }
    }

    @Test
    void aFileWithAHardLinkIsRefusedUnderEachNameUntouched() throws Exception {
        Path second = Files.createLink(directory.resolve("second.db"), file);
        byte[] before = Files.readAllBytes(file);

        for (Path name : List.of(file, second)) {
            requireRefused(name, "2 names (hard links)", "Remove the other names");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Files.delete(second);
        requireEntry(file);
    }

    @Test
    void aHardLinkThatASymbolicLinkPointsToIsRefused() throws Exception {
        Files.createLink(directory.resolve("second.db"), file);

        requireRefused(Files.createSymbolicLink(directory.resolve("link.db"), file), "2 names (hard links)", "find");
    }

    @Test
    void aHardLinkCreatedWhileAStoreIsOpenIsRefusedAndStopsNoWrites() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "before");
            Path second = Files.createLink(directory.resolve("second.db"), file);

            requireRefused(second, "2 names (hard links)", "Remove the other names");
            kv.set("group", "key", "value");
            Files.delete(second);
        }
        requireEntry(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvstore.db", "with blank\tand\\more.db"})
    void aMountOfTheFileItselfIsRefused(String name) throws Exception {
        Path mounted = Files.createFile(directory.resolve(name + ".mounted"));
        try (Mount mount = Mount.bind(file, mounted)) {
            requireRefused(mount.path(), "a mount point", "Mount the directory, never the file");
            requireRefused(
                    Files.createSymbolicLink(directory.resolve("link.db"), mounted),
                    "a mount point",
                    "Mount the directory");
        }
        requireEntry(file);
    }

    @Test
    void aFileInAMountedDirectoryIsOpened() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.move(file, source.resolve("kvstore.db"));
        try (Mount mount = Mount.bind(source, mounted)) {
            requireEntry(mount.path().resolve("kvstore.db"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw | /mnt2
            36 35 98:0 / /a\\040b\\011c\\134d rw - ext4 /dev/sda rw        | "/a b\tc\\d"
            36 35 98:0 /                                                   | ""
            """)
    void mountPointsAreParsedAsTheKernelWritesThem(String line, String mountPoint) {
        assertThat(SecondName.mountPoint(line)).isEqualTo(mountPoint);
    }

    private static void requireRefused(Path file, String problem, String action) {
        assertThatExceptionOfType(KvOpenException.class)
                .isThrownBy(() -> SqliteKvStore.open(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SECOND_NAME))
                .satisfies(e -> assertThat(e.path()).isEqualTo(file.toString()))
                .satisfies(e -> assertThat(e.problem()).contains(problem))
                .satisfies(e -> assertThat(e.action()).contains(action));
    }

    private static void requireEntry(Path file) {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }
}
