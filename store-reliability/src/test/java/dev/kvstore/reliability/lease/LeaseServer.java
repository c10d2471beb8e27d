package dev.kvstore.reliability.lease;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Receives what the holders of other processes report and store. Each holder has a connection of its own. */
final class LeaseServer implements AutoCloseable {

    static final String TAKEN = "taken";
    static final String RENEWED = "renewed";
    static final String CLOSING = "closing";
    static final String STORE = "store";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Thread> holders = new ConcurrentLinkedQueue<>();
    private final Holdings holdings = new Holdings();
    private final TokenStorage storage = new TokenStorage();

    LeaseServer() throws IOException {
        new Thread(this::accept, "lease-server").start();
    }

    int port() {
        return server.getLocalPort();
    }

    Holdings holdings() {
        return holdings;
    }

    TokenStorage storage() {
        return storage;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket), "lease-holder");
                holders.add(thread);
                thread.start();
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The last line of a killed process may be incomplete.
                if (line.endsWith(".")) {
                    handle(line.substring(0, line.length() - 1).split(" ", -1), socket);
                }
            }
        } catch (IOException e) {
            // The holder was killed.
        }
    }

    private void handle(String[] words, Socket socket) throws IOException {
        long token = Long.parseLong(words[1]);
        switch (words[0]) {
            case TAKEN -> holdings.taken(token, Instant.parse(words[2]), Instant.parse(words[3]));
            case RENEWED -> holdings.renewed(token, Instant.parse(words[2]));
            case CLOSING -> holdings.closing(token, Instant.parse(words[2]));
            case STORE -> socket.getOutputStream().write(storage.store(token) ? 1 : 0);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Waits until everything is handled that was reported by processes that have ended. */
    void awaitEndOfHolders() throws InterruptedException {
        for (Thread holder : holders) {
            holder.join();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
