package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a full disk, opening fails with an error that says what to do, and succeeds without loss once there is room. */
class FullDiskOpeningTest {

    private static final int ENTRIES = 3_000;
    private static final long ROOM_FOR_HALF_OF_THE_ENTRIES = 700_000;

    @TempDir
    Path directory;

    private Mount disk;
    private Path file;
    private Path ballast;

    @BeforeEach
    void mount() {
        disk = Mount.ofMegabytes(16, directory);
        file = directory.resolve("kvstore.db");
        ballast = directory.resolve("ballast");
    }

    @AfterEach
    void unmount() {
        disk.close();
    }

    @Test
    void creatingAFileOnAFullDiskIsRefused() throws Exception {
        fill();

        requireRefused();

        Files.delete(ballast);
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void openingAFileOnAFullDiskIsRefused() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("group", "key", "value");
        }
        fill();

        requireRefused();

        Files.delete(ballast);
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void aMigrationThatFillsTheDiskLosesNoEntry() throws Exception {
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
                    + " PRIMARY KEY (grp, key))");
            foreign.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ENTRIES + ")"
                    + " INSERT INTO kv SELECT 'group', 'key ' || i, hex(zeroblob(200)) FROM n");
        }
        fill();
        free(ROOM_FOR_HALF_OF_THE_ENTRIES);

        requireRefused();

        Files.delete(ballast);
        try (Foreign foreign = Foreign.open(file)) {
            assertThat(foreign.query("SELECT count(*) FROM kv WHERE value = hex(zeroblob(200))"))
                    .containsExactly(Integer.toString(ENTRIES));
            assertThat(foreign.query("SELECT name FROM sqlite_master WHERE name LIKE 'kv!_l%' ESCAPE '!'"))
                    .isEmpty();
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.getAll("group")).hasSize(ENTRIES).containsValue("00".repeat(200));
        }
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(directory).getUsableSpace()).isZero();
        }
    }

    private void free(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
    }

    private void requireRefused() {
        KvOpenException e = catchThrowableOfType(KvOpenException.class, () -> SqliteKvStore.open(file));
        assertThat(e.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("the disk is full. Make room");
    }
}
