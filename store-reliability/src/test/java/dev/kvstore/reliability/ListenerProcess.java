package dev.kvstore.reliability;

import dev.kvstore.KvChange;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.Foreign;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The processes to which a durable subscription delivers, one after the other, in the process that kills them. */
final class ListenerProcess implements AutoCloseable {

    private final Path file;
    private final Path temporary;
    private final ListenerWorker.Flaw flaw;
    private final DeliveredChanges delivered;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private ChildProcess process;
    private boolean subscribed;

    /** Starts the first process. When this returns, it has subscribed. */
    ListenerProcess(Path file, Path temporary, ListenerWorker.Flaw flaw, DeliveredChanges delivered)
            throws IOException {
        this.file = file;
        this.temporary = temporary;
        this.flaw = flaw;
        this.delivered = delivered;
        new Thread(this::accept, "delivered-changes").start();
        this.process = start();
        awaitSubscribed();
    }

    void awaitSubscribed() throws IOException {
        if (!subscribed) {
            process.awaitLine("subscribed");
            subscribed = true;
        }
    }

    private ChildProcess start() throws IOException {
        List<String> jvm = List.of("-Dorg.sqlite.tmpdir=" + temporary, "-XX:TieredStopAtLevel=1", "-Xmx128m");
        return ChildProcess.start(ListenerWorker.class, jvm, server.getLocalPort(), file, flaw);
    }

    /** Kills the process and starts another one, without waiting for it. */
    void restart() throws IOException, SQLException {
        process.close();
        // Otherwise the subscription is reserved for the killed process for half a minute.
        try (Foreign foreign = Foreign.open(file)) {
            foreign.execute("UPDATE kv_subscriber SET seen_at = seen_at - 60000");
        }
        process = start();
        subscribed = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            // One connection after the other: what a process has received is read before the next one is heard.
            try (Socket socket = server.accept();
                    BufferedReader lines = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                delivered.processBegins();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                // The process was killed, or the server closed.
            }
        }
    }

    private void add(String line) {
        // The last line of a killed process may be incomplete.
        if (!line.endsWith(".")) {
            return;
        }
        String[] words = line.substring(0, line.length() - 1).split("\t", -1);
        delivered.add(new KvChange(KvChange.Kind.valueOf(words[0]), words[1], words[2], Long.parseLong(words[3])));
    }

    @Override
    public void close() throws IOException {
        process.close();
        server.close();
    }
}
