package dev.kvstore.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it migrates an old file to the current schema loses no entry. */
class MigrationKillTest {

    private static final int KILLS = Effort.of(8, 100);
    private static final int ENTRIES = 10_000;
    private static final Map<String, String> EXPECTED = IntStream.range(0, ENTRIES)
            .boxed()
            .collect(Collectors.toMap("key %05d"::formatted, i -> "x".repeat(100 + i % 1000) + i));

    private static final String BYTES = "SELECT hex(key) || ' ' || hex(value) FROM ";
    private static final String IN_ORDER = " WHERE grp = 'bytes' ORDER BY key";

    /** Repeats the times of the kills: {@code -Dreliability.seed=}. */
    private final long seed = Long.getLong("reliability.seed", System.nanoTime());

    private final Random random = new Random(seed);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Path old;
    private List<String> bytes;

    @BeforeEach
    void writeOldFile() throws Exception {
        System.out.println("migration: -Dreliability.seed=" + seed);
        old = directory.resolve("old.db");
        try (Foreign foreign = Foreign.open(old)) {
            foreign.execute("CREATE TABLE kv (grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
                    + " PRIMARY KEY (grp, key))");
            foreign.execute("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (ENTRIES - 1)
                    + ") INSERT INTO kv SELECT 'group', printf('key %05d', i), printf('%.*c', 100 + i % 1000, 'x') || i"
                    + " FROM n");
            foreign.execute(
                    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999) INSERT INTO kv"
                            + " SELECT 'bytes', CAST(unhex(printf('FF%04X80', i)) AS TEXT),"
                            + " CAST(unhex(printf('%04XFE', i)) AS TEXT) FROM n");
            bytes = foreign.query(BYTES + "kv" + IN_ORDER);
        }
    }

    @Test
    void aKillDuringAMigrationLosesNoEntry() throws Exception {
        long longest = microsOfAWholeMigration();
        int midway = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path file = copy("killed-" + kill);
            midway += killWhileMigrating(file, longest) ? 1 : 0;
            requireEveryEntry(file);
        }
        assertThat(midway).as("kills before the end of the migration").isGreaterThan(KILLS / 5);
        Findings.record(
                "migration-kill",
                "%d kills during migrations of files with %,d entries, %d of them before the end: 0 entries lost."
                        .formatted(KILLS, ENTRIES, midway));
    }

    /** The negative control: the comparison finds one entry that is missing or changed. */
    @Test
    void aMissingOrChangedEntryIsFound() throws Exception {
        for (String change : List.of("DELETE FROM kv", "UPDATE kv SET value = 'other'")) {
            Path file = copy("changed-" + change.length());
            try (Foreign foreign = Foreign.open(file)) {
                foreign.execute(change + " WHERE key = 'key 05432'");
            }
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> requireEveryEntry(file));
        }
    }

    private long microsOfAWholeMigration() throws Exception {
        try (ChildProcess child = start(copy("whole"))) {
            child.awaitLine("opening");
            long start = System.nanoTime();
            child.awaitLine("open");
            child.kill();
            return (System.nanoTime() - start) / 1000;
        }
    }

    /** Returns whether the store was not yet open. */
    private boolean killWhileMigrating(Path file, long longestMicros) throws Exception {
        try (ChildProcess child = start(file)) {
            child.awaitLine("opening");
            // A random time: no condition to wait for.
            LockSupport.parkNanos(1000L * random.nextLong(longestMicros));
            child.kill();
            return child.remainingLines().noneMatch("open"::equals);
        }
    }

    private ChildProcess start(Path file) throws Exception {
        return ChildProcess.start(Migrating.class, List.of("-Dorg.sqlite.tmpdir=" + directory, "-Xmx128m"), file);
    }

    private Path copy(String name) throws Exception {
        return Files.copy(old, Files.createDirectory(directory.resolve(name)).resolve("kvstore.db"));
    }

    private void requireEveryEntry(Path file) throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.open(file);
                Foreign foreign = Foreign.open(file)) {
            // Not AssertJ's comparison of maps, which compares each entry separately.
            assertThat(kv.getAll("group").equals(EXPECTED)).as("has each entry").isTrue();
            assertThat(foreign.query(BYTES + "kv_entry" + IN_ORDER).equals(bytes))
                    .as("has each entry that is not UTF-8")
                    .isTrue();
            assertThat(foreign.query("PRAGMA integrity_check")).containsExactly("ok");
        }
    }

    /** The process that is killed. */
    static final class Migrating {

        private Migrating() {}

        @SuppressWarnings("resource") // runs until it is killed
        public static void main(String[] arguments) throws Exception {
            System.out.println("opening");
            SqliteKvStore.open(Path.of(arguments[0]));
            System.out.println("open");
            System.in.read();
        }
    }
}
