package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import dev.kvstore.reliability.history.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Threads that work on the same few registers at once, and write down what they asked and were told. */
final class Clients implements AutoCloseable {

    private static final int REGISTERS = 3;
    private static final String KEY = "key";

    private final ExecutorService threads;
    private final List<? extends KvStore> stores;
    private final int clients;

    /** Clients that take turns at the stores: the first has the first one, the next the next one. */
    Clients(int clients, List<? extends KvStore> stores) {
        this.threads = Executors.newFixedThreadPool(clients);
        this.stores = stores;
        this.clients = clients;
    }

    /** The history of a round on registers of its own. */
    List<Event> round(long seed, int calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients);
        List<Callable<List<Event>>> work = IntStream.range(0, clients)
                .<Callable<List<Event>>>mapToObj(client -> () -> {
                    start.await();
                    return work(client, seed, calls);
                })
                .toList();
        List<Event> history = new ArrayList<>();
        for (Future<? extends Collection<Event>> done : threads.invokeAll(work)) {
            history.addAll(done.get());
        }
        return history;
    }

    private List<Event> work(int client, long seed, int calls) {
        KvStore kv = stores.get(client % stores.size());
        SplittableRandom random = new SplittableRandom(seed * clients + client);
        List<Event> events = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            String register = seed + "." + random.nextInt(REGISTERS);
            // No two sets write the same value, so that a read tells which it saw.
            events.add(call(kv, client, register, client + "." + call, random.nextInt(16)));
        }
        return events;
    }

    private static Event call(KvStore kv, int client, String register, String value, int choice) {
        Kind kind = choice < 7 ? Kind.READ : choice < 9 ? Kind.LOOK : choice < 14 ? Kind.SET : Kind.DELETE;
        long invoked = System.nanoTime();
        Optional<String> answer = switch (choice) {
            case 0, 1, 2, 3, 4 -> kv.get(register, KEY);
            case 5, 6 -> Optional.ofNullable(kv.getAll(register).get(KEY));
            case 7, 8 -> Event.there(kv.count(register) == 1);
            case 9, 10, 11, 12 -> set(() -> kv.set(register, KEY, value));
            case 13 -> set(() -> kv.set(register, KEY, value, Duration.ofDays(1)));
            case 14 -> Event.there(kv.delete(register, KEY));
            default -> Event.there(kv.deleteGroup(register) == 1);
        };
        long returned = System.nanoTime();
        return new Event(client, register, kind, Optional.of(value), answer, invoked, returned);
    }

    private static Optional<String> set(Runnable call) {
        call.run();
        return Optional.empty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
