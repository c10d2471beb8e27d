package dev.kvstore.reliability.fault;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SmallWal;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;

/** The process on a faulty disk: eight threads write, and print the results. */
final class DiskWorker {

    private static final int THREADS = 8;
    private static final int VALUE_LENGTH = 20_000;
    // About thirty values.
    private static final int WAL_PAGES = 200;

    private DiskWorker() {}

    public static void main(String[] arguments) {
        SqliteKvStore kv = builder(Durability.valueOf(arguments[1]))
                .file(Path.of(arguments[0]))
                .build();
        for (int i = 0; i < THREADS; i++) {
            String name = "thread-" + i + "-";
            new Thread(() -> work(kv, name)).start();
        }
    }

    // Without a sync for each write, only a checkpoint syncs the WAL: the longer it is, the more a power cut loses.
    private static SqliteKvStore.Builder builder(Durability durability) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().durability(durability);
        return durability == Durability.FULL ? SmallWal.of(WAL_PAGES, builder) : builder;
    }

    static Ledger ledger() {
        return new Ledger(VALUE_LENGTH);
    }

    private static void work(KvStore kv, String name) {
        for (int n = 0; ; n++) {
            Ledger ledger = ledger();
            if (ledger.set(kv, name + n)) {
                System.out.println("acknowledged " + name + n + " .");
            } else {
                System.out.println(
                        "failed " + name + n + " " + ledger.failures().get(0));
            }
            try {
                kv.get(Ledger.GROUP, name + 0);
            } catch (RuntimeException e) {
                System.out.println("unread " + e);
            }
        }
    }
}
