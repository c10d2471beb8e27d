package dev.kvstore.reliability.fault;

import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SmallWal;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/**
 * A process with a partial checkpoint: a reader first blocks the checkpoint, then ends, and the process waits. Then, as
 * its arguments say, it closes the store, or continues to write, twice.
 */
final class CheckpointWorker {

    private static final int VALUE_LENGTH = 20_000;
    private static final int WAL_PAGES = 400;
    // As a number of values of some seven pages each.
    private static final int HALF_A_WAL = 40;
    private static final int WALS = 400;

    enum Engine {
        SHARED_STORE,
        /** A store with a near cache has the WAL index in memory, not in a file. */
        STORE_WITH_NEAR_CACHE,
        /** SQLite's own checkpoints. */
        PLAIN_SQLITE
    }

    enum Ending {
        WRITE,
        CLOSE,
        /** Another connection is open when the checkpoint fails, so that the WAL index cannot be rebuilt. */
        CLOSE_AFTER_ANOTHER
    }

    private final Path file;
    private final Ledger.Writing writing;
    private final AutoCloseable engine;
    private int written;

    private CheckpointWorker(Path file, Ledger.Writing writing, AutoCloseable engine) {
        this.file = file;
        this.writing = writing;
        this.engine = engine;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        CheckpointWorker worker = switch (Engine.valueOf(arguments[1])) {
            case SHARED_STORE -> of(file, store(file).build());
            case STORE_WITH_NEAR_CACHE ->
                of(file, store(file).nearCache(DataSize.ofMegabytes(1)).build());
            case PLAIN_SQLITE -> of(file, plain(file));
        };
        worker.work(Ending.valueOf(arguments[2]));
    }

    private static SqliteKvStore.Builder store(Path file) {
        return SmallWal.of(WAL_PAGES, SqliteKvStore.builder().file(file));
    }

    private static CheckpointWorker of(Path file, SqliteKvStore kv) {
        return new CheckpointWorker(file, kv::set, kv);
    }

    private static Foreign plain(Path file) throws Exception {
        Foreign foreign = Foreign.open(file);
        foreign.query("PRAGMA wal_autocheckpoint = " + WAL_PAGES);
        return foreign.execute("PRAGMA synchronous = FULL");
    }

    private static CheckpointWorker of(Path file, Foreign foreign) {
        Ledger.Writing insert = (group, key, value) -> foreign.executeWith(
                "INSERT INTO kv_entry (grp, key, value, version) VALUES (?, ?, ?, 1)", group, key, value);
        return new CheckpointWorker(file, insert, foreign);
    }

    private void work(Ending ending) throws Exception {
        write(HALF_A_WAL);
        try (Foreign reader = Foreign.open(file)) {
            reader.execute("BEGIN").query("SELECT count(*) FROM kv");
            write(HALF_A_WAL);
        }
        await("checkpointed a part");
        switch (ending) {
            case WRITE -> {
                write(HALF_A_WAL);
                await("wrote more");
                write(WALS);
                await("wrote much more");
            }
            case CLOSE -> close();
            case CLOSE_AFTER_ANOTHER -> {
                try (Foreign other = Foreign.open(file)) {
                    other.query("SELECT count(*) FROM kv");
                    write(HALF_A_WAL);
                    await("wrote more");
                    write(1);
                }
                close();
            }
        }
    }

    private void close() throws Exception {
        engine.close();
        await("closed");
    }

    static Ledger ledger() {
        return new Ledger(VALUE_LENGTH);
    }

    private static void await(String marker) throws Exception {
        System.out.println(marker);
        System.in.read();
    }

    private void write(int writes) {
        Ledger ledger = ledger();
        for (int i = 0; i < writes; i++) {
            String key = "key-" + written++;
            if (!ledger.note(writing, key)) {
                throw new IllegalStateException(ledger.failures().get(0));
            }
            System.out.println("acknowledged " + key);
        }
    }
}
