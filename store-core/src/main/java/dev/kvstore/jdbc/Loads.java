package dev.kvstore.jdbc;

import dev.kvstore.commit.StackReserve;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Value;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The loads of a store that are under way: one per entry at a time, for which the other callers wait. A caller that
 * arrives while the loader runs gets the value of that load. One that arrives later reads the entry instead: somebody
 * may have deleted it before that call, but after the load wrote it.
 */
final class Loads {

    /** How a caller reads, computes and sets the value of an entry. */
    interface Source {

        /** Returns the value of the live entry. */
        Optional<Value> read();

        /** Runs the loader. */
        Computed compute();
    }

    /** A value that a loader returned. */
    interface Computed {

        /** Sets the value if the entry is still absent, and returns the value that the entry has then. */
        Value set();
    }

    private final ConcurrentMap<EntryName, Load> running = new ConcurrentHashMap<>();
    private final Engine engine;

    Loads(Engine engine) {
        this.engine = engine;
    }

    /** Returns the value of an entry, which is loaded if it is absent. */
    Value get(EntryName name, Source source) {
        engine.requireNotCommitting();
        StackReserve.require();
        while (true) {
            Load own = new Load(name);
            Load other = running.putIfAbsent(name, own);
            if (other == null) {
                return run(name, own, source);
            }
            Optional<Value> value = other.await().or(source::read);
            if (value.isPresent()) {
                return value.get();
            }
        }
    }

    private Value run(EntryName name, Load own, Source source) {
        try {
            // Another load may have ended since the caller read the entry.
            Value value = source.read().orElseGet(() -> load(own, source));
            own.succeed(value);
            return value;
        } catch (Throwable e) {
            own.fail(e);
            throw e;
        } finally {
            running.remove(name);
            own.end();
        }
    }

    private static Value load(Load own, Source source) {
        own.setComputing(true);
        Computed computed = source.compute();
        own.setComputing(false);
        return computed.set();
    }

    /** Whether nothing is being loaded. */
    boolean isIdle() {
        return running.isEmpty();
    }
}
