package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Readers of the known group beside its writer, and beside a purge of entries of the group that expired long ago. Each
 * read must return the group after a step that had begun when the read ended, and not before the last step that was
 * acknowledged when it began. The stores must use the {@link StandingClock}.
 */
final class Snapshots {

    private static final int READERS = 4;
    private static final int EXPIRED = 10;
    private static final int DELETED_AGAIN = KnownGroup.CYCLE + KnownGroup.KEYS;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final KvStore written;
    private final List<? extends KvStore> read;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong purged = new AtomicLong();
    private volatile long acknowledged;
    private volatile long begun;

    Snapshots(KvStore written, List<? extends KvStore> read) {
        this.written = written;
        this.read = read;
    }

    long steps() {
        return acknowledged;
    }

    long purged() {
        return purged.get();
    }

    /**
     * Lets each reader read in every way, at least so many times, and until the group has been deleted and set again.
     * Returns the first torn read, if any.
     */
    Optional<String> firstTorn(int times) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 2);
        KnownGroup.write(written, 0);
        try {
            List<Future<?>> beside = List.of(threads.submit(this::write), threads.submit(this::purge));
            List<Future<Optional<String>>> readers = IntStream.range(0, READERS)
                    .mapToObj(i -> threads.submit(() -> look(read.get(i % read.size()), times)))
                    .toList();
            List<String> torn = new ArrayList<>();
            for (Future<Optional<String>> reader : readers) {
                reader.get().ifPresent(torn::add);
            }
            ended.set(true);
            for (Future<?> thread : beside) {
                thread.get();
            }
            return torn.stream().findFirst();
        } finally {
            ended.set(true);
            threads.shutdown();
        }
    }

    private void write() {
        while (!ended.get()) {
            begun = acknowledged + 1;
            KnownGroup.write(written, begun);
            acknowledged = begun;
        }
    }

    private void purge() {
        while (!ended.get()) {
            StandingClock.CLOCK.ahead(
                    SECOND.negated(),
                    () -> IntStream.range(0, EXPIRED)
                            .forEach(i -> written.set(KnownGroup.NAME, KnownGroup.key(i) + ", expired", "", SECOND)));
            purged.addAndGet(read.get(0).purgeExpired());
        }
    }

    private Optional<String> look(KvStore kv, int times) {
        for (int i = 0; (i < times || acknowledged < DELETED_AGAIN) && !ended.get(); i++) {
            for (GroupReading look : GroupReading.values()) {
                long from = acknowledged;
                LongPredicate seen = look.at(kv);
                long to = begun;
                if (LongStream.rangeClosed(from, to).noneMatch(seen)) {
                    ended.set(true);
                    return Optional.of("%s of the steps %,d to %,d".formatted(look, from, to));
                }
            }
        }
        return Optional.empty();
    }
}
