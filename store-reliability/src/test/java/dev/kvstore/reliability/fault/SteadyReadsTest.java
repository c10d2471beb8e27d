package dev.kvstore.reliability.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.reliability.Findings;
import dev.kvstore.sqlite.SmallWal;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads read a group without a pause beside a writer, so that some read always uses the WAL. */
class SteadyReadsTest {

    private static final String GROUP = "read";
    private static final int ENTRIES = 10_000;
    private static final int VALUE_LENGTH = 40;

    private static final int INTERVAL_PAGES = 100;
    private static final long INTERVAL = INTERVAL_PAGES * 4_096L;

    private static final int WRITE = 40_000;
    private static final long WRITTEN = 200 * INTERVAL;

    /** Even on a busy machine, one of six pauses of up to half a second outlasts the active reads. */
    private static final long BOUND = WRITTEN / 2;

    @TempDir
    Path directory;

    private final AtomicLong reads = new AtomicLong();
    private final List<CompletableFuture<Void>> readers = new ArrayList<>();
    private volatile boolean stopped;

    @AfterEach
    void stop() {
        stopped = true;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void theWalStaysShort(int threads) throws Exception {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = open(file)) {
            fill(kv);
            start(threads, kv);
            long longest = 0;
            for (long written = 0; written < WRITTEN; written += WRITE) {
                kv.set("written", "key " + written / WRITE % 20, valueOf(written));
                longest = Math.max(longest, walSize(file));
            }
            stopReading();

            assertThat(longest).isLessThan(BOUND);
            Findings.record(
                    "fault-steady-reads-" + threads,
                    "%d threads in `getAll` without a pause: the WAL grew to %.1f MB in %.1f MB of writes, %,d reads."
                            .formatted(threads, longest / 1e6, WRITTEN / 1e6, reads.get()));
        }
    }

    private static SqliteKvStore open(Path file) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().file(file).durability(Durability.NORMAL);
        return SmallWal.of(INTERVAL_PAGES, builder).build();
    }

    /** A different value each time: SQLite does not write an unchanged one. */
    private static String valueOf(long written) {
        String part = written + " ";
        return part.repeat(WRITE / part.length());
    }

    private static void fill(SqliteKvStore kv) {
        for (int i = 0; i < ENTRIES; i++) {
            kv.set(GROUP, "key " + i, "x".repeat(VALUE_LENGTH));
        }
    }

    private void start(int threads, SqliteKvStore kv) {
        for (int i = 0; i < threads; i++) {
            readers.add(CompletableFuture.runAsync(() -> read(kv), task -> new Thread(task).start()));
        }
    }

    private void read(SqliteKvStore kv) {
        while (!stopped) {
            assertThat(kv.getAll(GROUP)).hasSize(ENTRIES);
            reads.incrementAndGet();
        }
    }

    private void stopReading() {
        stopped = true;
        readers.forEach(CompletableFuture::join);
    }

    private static long walSize(Path file) throws IOException {
        return Files.size(file.resolveSibling(file.getFileName() + "-wal"));
    }
}
