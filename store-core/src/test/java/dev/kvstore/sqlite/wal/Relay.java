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
 * Threads whose reads overlap: none ends before another has begun after it, so that there is no moment without one. Each is
 * a transaction that sees one moment of the database, as {@code getAll} is.
 */
@NullUnmarked
final class Relay implements AutoCloseable {

    private final Readers readers;
    private final List<CompletableFuture<?>> runners = new ArrayList<>();
    private long begun;
    private boolean stopped;

    private Relay(Readers readers) {
        this.readers = readers;
    }

    static Relay of(int threads, Readers readers) throws InterruptedException {
        Relay relay = new Relay(readers);
        Executor own = task -> new Thread(task, "relay").start();
        for (int i = 0; i < threads; i++) {
            relay.runners.add(CompletableFuture.runAsync(relay::run, own));
        }
        relay.awaitReads(threads);
        return relay;
    }

    /** Waits until as many reads more have begun. */
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

    /** Lets the reads end, and fails if one of them did. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        runners.forEach(CompletableFuture::join);
    }
}
