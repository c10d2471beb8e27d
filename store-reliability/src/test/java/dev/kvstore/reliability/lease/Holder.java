package dev.kvstore.reliability.lease;

import dev.kvstore.KvLease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds leases, one after the other, and reports to a {@link LeaseServer}. */
record Holder(Socket server, InstantSource clock) {

    static Holder connect(int port, InstantSource clock) throws IOException {
        return new Holder(new Socket(InetAddress.getLoopbackAddress(), port), clock);
    }

    void taken(KvLease lease) throws IOException {
        report(LeaseServer.TAKEN, lease.token(), clock.instant(), lease.expiresAt());
    }

    void renewed(KvLease lease) throws IOException {
        report(LeaseServer.RENEWED, lease.token(), lease.expiresAt());
    }

    void close(KvLease lease) throws IOException {
        report(LeaseServer.CLOSING, lease.token(), clock.instant());
        lease.close();
    }

    /** Returns whether the storage accepted the token. */
    boolean store(KvLease lease) throws IOException {
        report(LeaseServer.STORE, lease.token());
        return server.getInputStream().read() == 1;
    }

    private void report(Object... words) throws IOException {
        String line = Stream.of(words).map(Object::toString).collect(Collectors.joining(" ", "", ".\n"));
        server.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
