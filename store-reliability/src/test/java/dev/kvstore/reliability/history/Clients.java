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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Threads that call operations on the same few registers concurrently and record the calls with their results, beside a
 * thread that purges. The stores must use the {@link StandingClock}: live entries stay live, so that a purge is not
 * part of a history.
 */
final class Clients implements RecordedClients {

    private static final int REGISTERS = 3;
    private static final String KEY = "key";
    private static final int MOST = 1_000;
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final ExecutorService threads;
    private final List<? extends KvStore> stores;
    private final int first;
    private final int clients;

    /** Creates clients that use the stores in turn: the first client the first store, and so on. */
    Clients(int clients, List<? extends KvStore> stores) {
        this(0, clients, stores);
    }

    /** Creates clients with numbers from the given one on. */
    Clients(int first, int clients, List<? extends KvStore> stores) {
        this.threads = Executors.newFixedThreadPool(clients + 1);
        this.stores = stores;
        this.first = first;
        this.clients = clients;
    }

    @Override
    public List<Event> round(long seed, int calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients + 1);
        CountDownLatch working = new CountDownLatch(clients);
        Stream<Callable<List<Event>>> purge = Stream.of(() -> {
            start.await();
            return purge(working);
        });
        Stream<Callable<List<Event>>> work = IntStream.range(first, first + clients)
                .<Callable<List<Event>>>mapToObj(client -> () -> {
                    start.await();
                    try {
                        return work(client, seed, calls);
                    } finally {
                        working.countDown();
                    }
                });
        List<Event> history = new ArrayList<>();
        for (Future<? extends Collection<Event>> done :
                threads.invokeAll(Stream.concat(purge, work).toList())) {
            history.addAll(done.get());
        }
        return history;
    }

    private List<Event> purge(CountDownLatch working) {
        while (working.getCount() > 0) {
            stores.forEach(KvStore::purgeExpired);
        }
        return List.of();
    }

    private List<Event> work(int client, long seed, int calls) {
        KvStore kv = stores.get(client % stores.size());
        SplittableRandom random = new SplittableRandom(seed * MOST + client);
        List<Event> events = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            String register = seed + "." + random.nextInt(REGISTERS);
            // No two sets write the same value, so that a read identifies the set.
            events.add(call(kv, client, register, client + "." + call, random.nextInt(18)));
        }
        return events;
    }

    private static Event call(KvStore kv, int client, String register, String value, int choice) {
        Kind kind = choice < 7 ? Kind.READ : choice < 9 ? Kind.EXISTS : choice < 16 ? Kind.SET : Kind.DELETE;
        boolean hasExpired = choice == 15;
        long invoked = System.nanoTime();
        Optional<String> answer = switch (choice) {
            case 0, 1, 2, 3, 4 -> kv.get(register, KEY);
            case 5, 6 -> Optional.ofNullable(kv.getAll(register).get(KEY));
            case 7, 8 -> Event.present(kv.count(register) == 1);
            case 9, 10, 11, 12 -> set(() -> kv.set(register, KEY, value));
            case 13, 14 -> set(() -> kv.set(register, KEY, value, MILLISECOND));
            case 15 -> set(() -> setExpired(kv, register, value));
            case 16 -> Event.present(kv.delete(register, KEY));
            default -> Event.present(kv.deleteGroup(register) == 1);
        };
        long returned = System.nanoTime();
        return new Event(
                client, register, kind, hasExpired ? Optional.empty() : Optional.of(value), answer, invoked, returned);
    }

    // It expires at the present time, so that it is already expired.
    private static void setExpired(KvStore kv, String register, String value) {
        StandingClock.CLOCK.ahead(MILLISECOND.negated(), () -> kv.set(register, KEY, value, MILLISECOND));
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
