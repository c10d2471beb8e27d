package dev.kvstore.reliability.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.ChildProcess;
import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of a store in this process and of one in another, on one file. Their events share a clock: on Linux
 * {@link System#nanoTime()} is the same for all processes.
 */
final class TwoProcesses implements RecordedClients {

    private static final String EVENT = "event\t";

    private final int clients;
    private final Clients here;
    private final ChildProcess there;
    private long overlapping;

    /**
     * Starts the other process.
     *
     * @param clients the number of clients, half of them in each process
     * @param first the seed of the first round; each round uses the next seed
     */
    TwoProcesses(Path file, KvStore store, Flaw flawThere, int clients, int calls, long first) throws IOException {
        this.clients = clients;
        this.here = new Clients(0, clients / 2, List.of(store));
        this.there = ChildProcess.start(Other.class, List.of(), file, flawThere, clients / 2, calls, first);
        there.awaitLine("ready");
    }

    @Override
    public List<Event> round(long seed, int calls) throws Exception {
        long begin = System.nanoTime();
        there.proceed();
        List<Event> ofHere = here.round(seed, calls);
        List<Event> ofThere = new ArrayList<>();
        for (int i = 0; i < clients / 2 * calls; i++) {
            ofThere.add(Event.parse(there.awaitLine(EVENT).substring(EVENT.length())));
        }
        long end = System.nanoTime();
        assertThat(ofThere)
                .as("events between their causes and effects, as on one clock")
                .allMatch(event -> begin <= event.invoked() && event.returned() <= end);
        overlapping += ofHere.stream()
                .filter(call -> ofThere.stream().anyMatch(call::overlaps))
                .count();
        List<Event> history = new ArrayList<>(ofHere);
        history.addAll(ofThere);
        return history;
    }

    /** The number of calls of this process that overlapped with a call of the other. */
    long overlapping() {
        return overlapping;
    }

    @Override
    public void close() {
        here.close();
        there.kill();
        there.close();
    }

    /** The other process. */
    static final class Other {

        private Other() {}

        /** Arguments: file, flaw, clients, calls, seed of the first round. */
        public static void main(String[] arguments) throws Exception {
            int clients = Integer.parseInt(arguments[2]);
            int calls = Integer.parseInt(arguments[3]);
            try (SqliteKvStore store = SqliteKvStore.builder()
                            .file(Path.of(arguments[0]))
                            .clock(StandingClock.CLOCK)
                            .build();
                    Clients there = new Clients(
                            clients, clients, List.of(Flaw.valueOf(arguments[1]).apply(store)))) {
                System.out.println("ready");
                for (long seed = Long.parseLong(arguments[4]); System.in.read() >= 0; seed++) {
                    there.round(seed, calls).forEach(event -> System.out.println(EVENT + event.line()));
                }
            }
        }
    }
}
