package dev.kvstore.sqlite.wal;

import dev.kvstore.sqlite.connection.Readers;
import dev.kvstore.sqlite.connection.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Threads whose reads overlap: each read ends only after a later one has begun, so that a read is always in progress.
 * Each read is a transaction on one snapshot, as {@code getAll} is.
 */
@NullUnmarked
final class OverlappingReads implements AutoCloseable {

    private final Readers readers;
    private final List<CompletableFuture<?>> runners = new ArrayList<>();
    private long begun;
    private boolean stopped;

    private OverlappingReads(Readers readers) {
        this.readers = readers;
    }

    static OverlappingReads of(int threads, Readers readers) throws InterruptedException {
        OverlappingReads reads = new OverlappingReads(readers);
        Executor own = task -> new Thread(task, "overlapping reads").start();
        for (int i = 0; i < threads; i++) {
            reads.runners.add(CompletableFuture.runAsync(reads::run, own));
        }
        reads.awaitReads(threads);
        return reads;
    }

    /** Waits until the given number of further reads have begun. */
    synchronized void awaitReads(int more) throws InterruptedException {
        for (long goal = begun + more; begun < goal; ) {
            wait();
        }
    }

    private void run() {
        while (!isStopped()) {
            readers.read(jdbc -> Transactions.read(jdbc, () -> read(jdbc)));
        }
    }

    private Long read(JdbcOperations jdbc) {
        Long rows = jdbc.queryForObject("SELECT count(*) FROM t", Long.class);
        awaitSuccessor();
        return rows;
    }

    private synchronized void awaitSuccessor() {
        long own = ++begun;
        notifyAll();
        try {
            while (begun == own && !stopped) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Lets the reads end, and fails if one of them failed. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        runners.forEach(CompletableFuture::join);
    }
}
