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
 *
 * @param <C> their calls
 */
final class TwoProcesses<C extends Call<?>> implements RecordedClients<C> {

    private static final String EVENT = "event\t";

    private final RecordedWorkload<C> workload;
    private final int clients;
    private final Clients<C> here;
    private final ChildProcess there;
    private long overlapping;

    /**
     * Starts the other process.
     *
     * @param flawThere the name of the flaw of the store in the other process
     * @param clients the number of clients, half of them in each process
     * @param first the seed of the first round; each round uses the next seed
     */
    TwoProcesses(
            RecordedWorkload<C> workload,
            Path file,
            KvStore store,
            Enum<?> flawThere,
            int clients,
            int calls,
            long first)
            throws IOException {
        this.workload = workload;
        this.clients = clients;
        this.here = new Clients<>(workload, 0, clients / 2, List.of(store));
        this.there = ChildProcess.start(
                Other.class, List.of(), file, workload.name(), flawThere.name(), clients / 2, calls, first);
        there.awaitLine("ready");
    }

    @Override
    public List<C> round(long seed, int calls) throws Exception {
        long begin = System.nanoTime();
        there.proceed();
        List<C> ofHere = here.round(seed, calls);
        List<C> ofThere = new ArrayList<>();
        for (int i = 0; i < clients / 2 * calls; i++) {
            ofThere.add(workload.parse(there.awaitLine(EVENT).substring(EVENT.length())));
        }
        long end = System.nanoTime();
        assertThat(ofThere)
                .as("events between their causes and effects, as on one clock")
                .allMatch(event -> begin <= event.invoked() && event.returned() <= end);
        overlapping += ofHere.stream()
                .filter(call -> ofThere.stream().anyMatch(call::overlaps))
                .count();
        List<C> history = new ArrayList<>(ofHere);
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

        /** Arguments: file, workload, flaw, clients, calls, seed of the first round. */
        public static void main(String[] arguments) throws Exception {
            run(Path.of(arguments[0]), RecordedWorkload.named(arguments[1]), arguments);
        }

        private static <C extends Call<?>> void run(Path file, RecordedWorkload<C> workload, String[] arguments)
                throws Exception {
            int clients = Integer.parseInt(arguments[3]);
            int calls = Integer.parseInt(arguments[4]);
            try (SqliteKvStore store = SqliteKvStore.builder()
                            .file(file)
                            .clock(StandingClock.CLOCK)
                            .build();
                    Clients<C> there = new Clients<>(
                            workload, clients, clients, List.of(workload.withFlaw(arguments[2], store)))) {
                System.out.println("ready");
                for (long seed = Long.parseLong(arguments[5]); System.in.read() >= 0; seed++) {
                    there.round(seed, calls).forEach(call -> System.out.println(EVENT + call.line()));
                }
            }
        }
    }
}
