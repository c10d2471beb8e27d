package dev.kvstore.reliability.lease;

import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A process whose threads take, renew and close one lease again and again, until it is killed. */
final class LeaseWorker {

    static final String NAME = "lease";
    static final Duration DURATION = Duration.ofMillis(200);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);
    private static final int THREADS = 2;
    private static final int MOST_RENEWALS = 6;

    private LeaseWorker() {}

    /** Arguments: port of the server, file, file of the clock, flaw. */
    @SuppressWarnings("resource") // runs until it is killed
    public static void main(String[] arguments) throws IOException {
        SharedClock clock = SharedClock.open(Path.of(arguments[2]));
        SqliteKvStore kv =
                SqliteKvStore.builder().file(Path.of(arguments[1])).clock(clock).build();
        KvLeases leases = PlantedLeases.with(PlantedLeases.Flaw.valueOf(arguments[3]), kv, clock);
        for (int i = 0; i < THREADS; i++) {
            Holder holder = Holder.connect(Integer.parseInt(arguments[0]), clock);
            new Thread(() -> work(leases, holder)).start();
        }
        System.out.println("ready");
    }

    private static void work(KvLeases leases, Holder holder) {
        try {
            while (true) {
                Optional<KvLease> lease = leases.acquire(NAME, DURATION, LONGEST_WAIT);
                if (lease.isPresent()) {
                    hold(lease.get(), holder);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void hold(KvLease lease, Holder holder) throws IOException {
        holder.taken(lease);
        boolean held = true;
        for (int i = ThreadLocalRandom.current().nextInt(MOST_RENEWALS); held && i > 0; i--) {
            holder.store(lease);
            held = lease.renew(DURATION);
            if (held) {
                holder.renewed(lease);
            }
        }
        holder.close(lease);
    }
}
