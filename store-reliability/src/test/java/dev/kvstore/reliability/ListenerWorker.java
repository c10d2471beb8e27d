package dev.kvstore.reliability;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A process that reports what a durable subscription delivers, until it is killed. */
final class ListenerWorker {

    static final String NAME = "listener";

    /** The group of the entry that is set when everything should have been delivered. */
    static final String MARKERS = "markers";

    /** Planted flaws of a subscription, to prove that the test finds them. */
    enum Flaw {
        NONE,
        /** A subscription that reads the log itself, without a flaw. */
        IMITATION,
        STORES_THE_POSITION_FIRST,
        FORGETS_THE_POSITION,
        DELIVERS_ONLY_THE_LAST_CHANGE_OF_AN_ENTRY,
        READS_IN_THE_ORDER_OF_THE_NAMES,
        FORGETS_DELETIONS
    }

    private ListenerWorker() {}

    /** Arguments: port, file, flaw. */
    @SuppressWarnings("resource") // runs until it is killed
    public static void main(String[] arguments) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        OutputStream out = socket.getOutputStream();
        Path file = Path.of(arguments[1]);
        Flaw flaw = Flaw.valueOf(arguments[2]);
        Set<String> groups = new HashSet<>(ExpectedChanges.groups());
        groups.add(MARKERS);
        KvChangeListener listener = change -> report(out, change);
        SqliteKvStore kv = SqliteKvStore.open(file);
        if (flaw == Flaw.NONE) {
            kv.changes().subscribe(NAME, groups, listener);
            System.out.println("subscribed");
            System.in.read();
        } else {
            PlantedSubscription planted = PlantedSubscription.open(flaw, file, kv.changes());
            System.out.println("subscribed");
            planted.deliver(groups, listener);
        }
    }

    private static void report(OutputStream out, KvChange change) {
        String line = change.kind() + "\t" + change.group() + "\t" + change.key() + "\t" + change.version() + ".\n";
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
