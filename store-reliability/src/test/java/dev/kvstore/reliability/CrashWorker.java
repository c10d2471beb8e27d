package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.reliability.CrashOperation.Kind;
import dev.kvstore.sqlite.Foreign;
import dev.kvstore.sqlite.SmallWal;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.springframework.dao.DataAccessException;

/** The process that is killed: its threads work until then and report each acknowledgement. */
final class CrashWorker {

    /** Planted flaws of a store, to prove that the tests find them. */
    enum Flaw {
        NONE,
        ACKNOWLEDGES_BEFORE_THE_COMMIT,
        ACKNOWLEDGES_RELAXED_WRITES_BEFORE_THE_COMMIT,
        DELETES_A_GROUP_IN_PIECES,
        COMMITS_A_BATCH_IN_PIECES,
        INCREMENTS_IN_TWO_STEPS,
        FORGETS_THE_TTL,
        /** As if a crash had undone that the last block of versions was taken. */
        TAKES_THE_LAST_VERSIONS_AGAIN
    }

    static final String OPENING = "opening";

    /** Small, so that many kills and power cuts hit a checkpoint. */
    private static final int WAL_PAGES = 200;

    private final CrashCalls calls;
    private final ThreadLocal<Instant> now;
    private final OutputStream out;
    private final Workload workload;
    private final Flaw flaw;

    private CrashWorker(CrashCalls calls, ThreadLocal<Instant> now, OutputStream out, Workload workload, Flaw flaw) {
        this.calls = calls;
        this.now = now;
        this.out = out;
        this.workload = workload;
        this.flaw = flaw;
    }

    /** Arguments: port, file, durability, flaw, the workload, and for each thread the number of its first operation. */
    @SuppressWarnings("resource") // runs until it is killed
    public static void main(String[] arguments) throws IOException, SQLException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        OutputStream out = socket.getOutputStream();
        Path file = Path.of(arguments[1]);
        Flaw flaw = Flaw.valueOf(arguments[3]);
        Workload workload = new Workload(Long.parseLong(arguments[4]), Integer.parseInt(arguments[5]));
        ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> CrashOperation.PRESENT);
        print(out, OPENING);
        if (flaw == Flaw.TAKES_THE_LAST_VERSIONS_AGAIN && Files.exists(file)) {
            giveBackTheLastVersions(file);
        }
        SqliteKvStore kv = builder(Durability.valueOf(arguments[2]))
                .file(file)
                .clock(now::get)
                .build();
        CrashWorker worker = new CrashWorker(new CrashCalls(kv), now, out, workload, flaw);
        for (int i = 6; i < arguments.length; i++) {
            int thread = i - 6;
            long first = Long.parseLong(arguments[i]);
            new Thread(() -> worker.work(thread, first)).start();
        }
        if (socket.getInputStream().read() >= 0) {
            kv.close();
        }
    }

    private static void giveBackTheLastVersions(Path file) throws SQLException {
        try (Foreign foreign = Foreign.open(file)) {
            if (!foreign.query("SELECT 1 FROM sqlite_schema WHERE name = 'kv_meta'")
                    .isEmpty()) {
                foreign.execute("UPDATE kv_meta SET high = low");
            }
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
                CrashOperation operation = workload.operation(thread, n);
                now.set(operation.now());
                if (acknowledgesBeforeTheCommit(operation)) {
                    acknowledge(thread, n, 0);
                    apply(operation);
                } else {
                    acknowledge(thread, n, apply(operation));
                }
            }
        } catch (DataAccessException | IOException e) {
            // The disk is gone, the store is closed, or the socket is closed.
            System.out.println(e);
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private boolean acknowledgesBeforeTheCommit(CrashOperation operation) {
        return flaw == Flaw.ACKNOWLEDGES_BEFORE_THE_COMMIT
                || (flaw == Flaw.ACKNOWLEDGES_RELAXED_WRITES_BEFORE_THE_COMMIT
                        && operation.durability() == Durability.NORMAL);
    }

    private void acknowledge(int thread, long n, long version) throws IOException {
        print(out, thread + " " + n + " " + version + ".");
    }

    /** Returns the new version of the entry, 0 if it is not known. */
    private long apply(CrashOperation operation) {
        if (flaw == Flaw.DELETES_A_GROUP_IN_PIECES && operation.kind() == Kind.DELETE_GROUP) {
            now.set(CrashOperation.PAST);
            calls.kv()
                    .getAll(operation.group())
                    .keySet()
                    .forEach(key -> calls.kv().delete(operation.group(), key));
        } else if (flaw == Flaw.COMMITS_A_BATCH_IN_PIECES && operation.kind() == Kind.BATCH) {
            calls.applyInPieces(operation);
        } else if (flaw == Flaw.INCREMENTS_IN_TWO_STEPS && operation.kind() == Kind.INCREMENT_SHARED) {
            calls.incrementInTwoSteps(operation);
        } else if (flaw == Flaw.FORGETS_THE_TTL && operation.expiresLater()) {
            calls.kv().set(operation.group(), operation.key(), operation.value());
        } else {
            return calls.apply(operation);
        }
        return 0;
    }

    private static void print(OutputStream out, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        synchronized (out) {
            out.write(bytes);
        }
    }
}
