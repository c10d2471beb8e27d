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
 * What a crash left.
 *
 * @param logResets how often the write-ahead log had been begun anew by the process that crashed
 * @param opening how long it took to open the store again
 * @param integrity what SQLite says of the file
 */
record Aftermath(int logResets, Duration opening, List<String> integrity, List<Acknowledgements.Finding> findings) {

    /** Opens the file as an application would that is started again. */
    static Aftermath of(Path file, Acknowledgements acknowledgements) throws IOException, SQLException {
        int logResets = logResets(file);
        MovedClock clock = new MovedClock();
        long start = System.nanoTime();
        try (SqliteKvStore kv = SqliteKvStore.builder().file(file).clock(clock).build()) {
            Duration opening = Duration.ofNanos(System.nanoTime() - start);
            try (Foreign foreign = Foreign.open(file)) {
                List<String> integrity = foreign.query("PRAGMA integrity_check");
                return new Aftermath(logResets, opening, integrity, acknowledgements.settle(kv, clock));
            }
        }
    }

    // The log's header counts them (https://sqlite.org/fileformat2.html, 4.1). This process has the file not open now.
    private static int logResets(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (!Files.exists(log) || Files.size(log) < 16) {
            return 0;
        }
        try (DataInputStream header = new DataInputStream(Files.newInputStream(log))) {
            header.skipNBytes(12);
            return header.readInt();
        }
    }

    boolean isGood() {
        return integrity.equals(List.of("ok")) && findings.stream().allMatch(Acknowledgements.Finding::good);
    }
}
