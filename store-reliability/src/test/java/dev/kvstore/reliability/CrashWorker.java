package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SmallWal;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.dao.DataAccessException;

/** The process that is killed: its threads work until then and report each acknowledgement. */
final class CrashWorker {

    /** Planted flaws of a store, to prove that the tests find them. */
    enum Flaw {
        NONE,
        ACKNOWLEDGES_BEFORE_THE_COMMIT,
        DELETES_A_GROUP_IN_PIECES,
        FORGETS_THE_TTL
    }

    static final String OPENING = "opening";

    /** Small, so that many kills and power cuts hit a checkpoint. */
    private static final int WAL_PAGES = 200;

    private final KvStore kv;
    private final ThreadLocal<Instant> now;
    private final OutputStream out;
    private final long seed;
    private final Flaw flaw;

    private CrashWorker(KvStore kv, ThreadLocal<Instant> now, OutputStream out, long seed, Flaw flaw) {
        this.kv = kv;
        this.now = now;
        this.out = out;
        this.seed = seed;
        this.flaw = flaw;
    }

    /** Arguments: port, file, durability, flaw, seed, and for each thread the number of its first operation. */
    @SuppressWarnings("resource") // runs until it is killed
    public static void main(String[] arguments) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        OutputStream out = socket.getOutputStream();
        ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> CrashOperation.PRESENT);
        print(out, OPENING);
        SqliteKvStore kv = builder(Durability.valueOf(arguments[2]))
                .file(Path.of(arguments[1]))
                .clock(now::get)
                .build();
        CrashWorker worker = new CrashWorker(kv, now, out, Long.parseLong(arguments[4]), Flaw.valueOf(arguments[3]));
        for (int i = 5; i < arguments.length; i++) {
            int thread = i - 5;
            long first = Long.parseLong(arguments[i]);
            new Thread(() -> worker.work(thread, first)).start();
        }
        if (socket.getInputStream().read() >= 0) {
            kv.close();
        }
    }

    // Without a sync for each write, only a checkpoint syncs the WAL: the longer it is, the more a power cut loses.
    private static SqliteKvStore.Builder builder(Durability durability) {
        SqliteKvStore.Builder builder = SqliteKvStore.builder().durability(durability);
        return durability == Durability.FULL ? SmallWal.of(WAL_PAGES, builder) : builder;
    }

    private void work(int thread, long first) {
        try {
            for (long n = first; true; n++) {
                CrashOperation operation = CrashOperation.of(seed, thread, n);
                now.set(operation.now());
                String acknowledgement = thread + " " + n + ".";
                if (flaw == Flaw.ACKNOWLEDGES_BEFORE_THE_COMMIT) {
                    print(out, acknowledgement);
                    apply(operation);
                } else {
                    apply(operation);
                    print(out, acknowledgement);
                }
            }
        } catch (DataAccessException | IOException e) {
            // The disk is gone, the store is closed, or the socket is closed.
            System.out.println(e);
        }
    }

    private void apply(CrashOperation operation) {
        if (flaw == Flaw.DELETES_A_GROUP_IN_PIECES && operation.kind() == CrashOperation.Kind.DELETE_GROUP) {
            now.set(CrashOperation.PAST);
            kv.getAll(operation.group()).keySet().forEach(key -> kv.delete(operation.group(), key));
        } else if (flaw == Flaw.FORGETS_THE_TTL && operation.expiresLater()) {
            kv.set(operation.group(), operation.key(), operation.value());
        } else {
            operation.applyTo(kv);
        }
    }

    private static void print(OutputStream out, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        synchronized (out) {
            out.write(bytes);
        }
    }
}
