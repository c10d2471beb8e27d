package dev.kvstore.jdbc;

import dev.kvstore.engine.Value;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;

/** The loads of one entry with one flaw. Each flaw is a line that a change could lose or move. */
@NullUnmarked
final class PlantedLoads {

    enum Flaw {
        NONE,
        LOADS_SIDE_BY_SIDE,
        SHARES_WITH_LATE_CALLERS,
        SHARES_UNTIL_IT_IS_SET,
        KEEPS_WHAT_HAS_ENDED
    }

    /** A load that is under way. */
    private static final class Running {

        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean computing;
        private Value value;
    }

    private final Flaw flaw;
    private final ConcurrentMap<EntryName, Running> running = new ConcurrentHashMap<>();

    PlantedLoads(Flaw flaw) {
        this.flaw = flaw;
    }

    Value get(EntryName name, Loads.Source source) {
        while (true) {
            Running own = new Running();
            Running other = flaw == Flaw.LOADS_SIDE_BY_SIDE ? null : running.putIfAbsent(name, own);
            if (other == null) {
                return run(name, own, source);
            }
            Optional<Value> value = await(other).or(source::read);
            if (value.isPresent()) {
                return value.get();
            }
        }
    }

    private Optional<Value> await(Running other) {
        boolean inTime = other.computing || flaw == Flaw.SHARES_WITH_LATE_CALLERS;
        try {
            other.ended.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return inTime ? Optional.of(other.value) : Optional.empty();
    }

    private Value run(EntryName name, Running own, Loads.Source source) {
        own.value = source.read().orElseGet(() -> load(own, source));
        if (flaw != Flaw.KEEPS_WHAT_HAS_ENDED) {
            running.remove(name);
        }
        own.ended.countDown();
        return own.value;
    }

    private Value load(Running own, Loads.Source source) {
        own.computing = true;
        Loads.Computed computed = source.compute();
        if (flaw == Flaw.SHARES_UNTIL_IT_IS_SET) {
            Value value = computed.set();
            own.computing = false;
            return value;
        }
        own.computing = false;
        return computed.set();
    }
}
