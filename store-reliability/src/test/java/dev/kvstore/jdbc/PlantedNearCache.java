package dev.kvstore.jdbc;

import dev.kvstore.jdbc.NearCache.Stored;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** The near cache of one row, with one flaw, each of which is a line that a change could lose. */
@NullUnmarked
final class PlantedNearCache {

    enum Flaw {
        NONE,
        TAKES_OUT_BUT_DOES_NOT_KEEP_OUT,
        DOES_NOT_WAIT_FOR_LOADS,
        KEEPS_WHAT_A_PURGE_REMOVES,
        ASKS_FOR_A_PURGE_AFTER_THE_LOAD
    }

    private static final String ROW = "row";

    private final Flaw flaw;
    private final Map<String, Stored> entries = new ConcurrentHashMap<>();
    private final ReadWriteLock loading = new ReentrantReadWriteLock();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger purges = new AtomicInteger();

    PlantedNearCache(Flaw flaw) {
        this.flaw = flaw;
    }

    Stored get(Supplier<Stored> load) {
        Stored kept = entries.get(ROW);
        return kept == null ? load(load) : kept;
    }

    private Stored load(Supplier<Stored> load) {
        loading.readLock().lock();
        try {
            Stored kept = entries.computeIfAbsent(ROW, absent -> changes.get() > 0 ? null : keepable(load));
            if (kept != null) {
                return kept;
            }
        } finally {
            loading.readLock().unlock();
        }
        return load.get();
    }

    private Stored keepable(Supplier<Stored> load) {
        boolean purging = purges.get() > 0;
        Stored stored = load.get();
        if (flaw == Flaw.ASKS_FOR_A_PURGE_AFTER_THE_LOAD) {
            purging = purges.get() > 0;
        }
        return purging && stored.expiresAt() != Stored.NEVER ? null : stored;
    }

    void change(Runnable write) {
        keepOut(changes, flaw != Flaw.TAKES_OUT_BUT_DOES_NOT_KEEP_OUT, () -> entries.remove(ROW), write);
    }

    void changeGroup(Runnable write) {
        keepOut(changes, true, () -> takeOut(() -> entries.keySet().removeIf(ROW::equals)), write);
    }

    void purge(long now, Runnable purge) {
        keepOut(
                purges,
                flaw != Flaw.KEEPS_WHAT_A_PURGE_REMOVES,
                () -> takeOut(() -> entries.values().removeIf(stored -> stored.expiresAt() <= now)),
                purge);
    }

    private void keepOut(AtomicInteger running, boolean out, Runnable takeOut, Runnable write) {
        if (out) {
            running.incrementAndGet();
        }
        try {
            takeOut.run();
            write.run();
        } finally {
            if (out) {
                running.decrementAndGet();
            }
        }
    }

    private void takeOut(Runnable removal) {
        if (flaw == Flaw.DOES_NOT_WAIT_FOR_LOADS) {
            removal.run();
            return;
        }
        loading.writeLock().lock();
        try {
            removal.run();
        } finally {
            loading.writeLock().unlock();
        }
    }
}
