package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * Threads that call operations on the same few objects concurrently and record the calls with their results, beside a
 * thread that purges. The stores must use the {@link StandingClock}: live entries stay live, so that a purge is not
 * part of a history.
 *
 * @param <C> their calls
 */
final class Clients<C> implements RecordedClients<C> {

    private static final int MOST = 1_000;

    private final RecordedWorkload<C> workload;
    private final ExecutorService threads;
    private final List<? extends KvStore> stores;
    private final int first;
    private final int clients;

    /** Creates clients that use the stores in turn: the first client the first store, and so on. */
    Clients(RecordedWorkload<C> workload, int clients, List<? extends KvStore> stores) {
        this(workload, 0, clients, stores);
    }

    /** Creates clients with numbers from the given one on. */
    Clients(RecordedWorkload<C> workload, int first, int clients, List<? extends KvStore> stores) {
        this.workload = workload;
        this.threads = Executors.newFixedThreadPool(clients + 1);
        this.stores = stores;
        this.first = first;
        this.clients = clients;
    }

    @Override
    public List<C> round(long seed, int calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients + 1);
        CountDownLatch working = new CountDownLatch(clients);
        Stream<Callable<List<C>>> purge = Stream.of(() -> {
            start.await();
            return purge(working);
        });
        Stream<Callable<List<C>>> work = IntStream.range(first, first + clients)
                .<Callable<List<C>>>mapToObj(client -> () -> {
                    start.await();
                    try {
                        return work(client, seed, calls);
                    } finally {
                        working.countDown();
                    }
                });
        List<C> history = new ArrayList<>();
        for (Future<? extends Collection<C>> done :
                threads.invokeAll(Stream.concat(purge, work).toList())) {
            history.addAll(done.get());
        }
        return history;
    }

    private List<C> purge(CountDownLatch working) {
        while (working.getCount() > 0) {
            stores.forEach(KvStore::purgeExpired);
        }
        return List.of();
    }

    private List<C> work(int number, long seed, int calls) {
        KvStore kv = stores.get(number % stores.size());
        SplittableRandom random = new SplittableRandom(seed * MOST + number);
        RecordedWorkload.Client<C> client = workload.client(number);
        List<C> made = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            made.add(client.call(kv, String.valueOf(seed), call, random));
        }
        return made;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
