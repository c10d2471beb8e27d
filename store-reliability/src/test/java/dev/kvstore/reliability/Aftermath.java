package dev.kvstore.reliability;

import dev.kvstore.MovedClock;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The state after a crash.
 *
 * @param walRestarts how often the crashed process had restarted the WAL
 * @param opening the time to reopen the store
 * @param integrity the result of SQLite's integrity check
 */
record Aftermath(int walRestarts, Duration opening, List<String> integrity, Acknowledgements.Settlement settlement) {

    /** Opens the file as a restarted application would. */
    static Aftermath of(Path file, Acknowledgements acknowledgements) throws IOException, SQLException {
        int walRestarts = walRestarts(file);
        MovedClock clock = new MovedClock();
        long start = System.nanoTime();
        try (SqliteKvStore kv = SqliteKvStore.builder().file(file).clock(clock).build()) {
            Duration opening = Duration.ofNanos(System.nanoTime() - start);
            try (Foreign foreign = Foreign.open(file)) {
                List<String> integrity = foreign.query("PRAGMA integrity_check");
                return new Aftermath(walRestarts, opening, integrity, acknowledgements.settle(kv, clock));
            }
        }
    }

    // The WAL header counts them (https://sqlite.org/fileformat2.html, 4.1). This process does not have the file open
    // now.
    private static int walRestarts(Path file) throws IOException {
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        if (!Files.exists(wal) || Files.size(wal) < 16) {
            return 0;
        }
        try (DataInputStream header = new DataInputStream(Files.newInputStream(wal))) {
            header.skipNBytes(12);
            return header.readInt();
        }
    }

    boolean isIntact() {
        return integrity.equals(List.of("ok"));
    }

    boolean isGood() {
        return isIntact() && settlement.isGood();
    }
}
