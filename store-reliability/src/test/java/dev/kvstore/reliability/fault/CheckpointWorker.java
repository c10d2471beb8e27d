package dev.kvstore.reliability.fault;

import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/**
 * The process whose log is moved in parts: first a reader keeps a checkpoint from its end, then it is gone, and the process
 * waits. What it does next it is told: close the store, or write on, twice.
 */
final class CheckpointWorker {

    private static final int VALUE_LENGTH = 20_000;
    // In values of some seven pages each; a log is moved from 4,000 pages on.
    private static final int HALF_A_LOG = 400;
    private static final int LOGS = 2_000;

    /** A store with a cache has the index of its log in memory, not in a file. */
    enum Sharing {
        WITH_OTHERS,
        ALONE
    }

    enum Ending {
        WRITE,
        CLOSE
    }

    private int written;

    private CheckpointWorker() {}

    public static void main(String[] arguments) throws Exception {
        SqliteKvStore kv = open(Path.of(arguments[0]), Sharing.valueOf(arguments[1]));
        CheckpointWorker worker = new CheckpointWorker();
        worker.write(kv, HALF_A_LOG);
        try (Foreign reader = Foreign.open(Path.of(arguments[0]))) {
            reader.execute("BEGIN").query("SELECT count(*) FROM kv");
            worker.write(kv, HALF_A_LOG);
        }
        await("moved a part");
        if (Ending.valueOf(arguments[2]) == Ending.CLOSE) {
            kv.close();
            await("closed");
        }
        worker.write(kv, HALF_A_LOG);
        await("wrote on");
        worker.write(kv, LOGS);
        await("wrote much more");
    }

    private static SqliteKvStore open(Path file, Sharing sharing) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().file(file);
        return sharing == Sharing.ALONE ? builder.cache(DataSize.ofMegabytes(1)).build() : builder.build();
    }

    static Ledger ledger() {
        return new Ledger(VALUE_LENGTH);
    }

    private static void await(String told) throws Exception {
        System.out.println(told);
        System.in.read();
    }

    private void write(SqliteKvStore kv, int writes) {
        Ledger ledger = ledger();
        for (int i = 0; i < writes; i++) {
            String key = "key-" + written++;
            if (!ledger.set(kv, key)) {
                throw new IllegalStateException(ledger.failures().get(0));
            }
            System.out.println("acknowledged " + key);
        }
    }
}
