package dev.kvstore.benchmarks.contender;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store to measure. Thread-safe. */
public interface Contender extends AutoCloseable {

    @Nullable
    String get(String group, String key);

    /** Returns when the write is as durable as the {@link Storage} of the contender demands. */
    void set(String group, String key, String value);

    /** Like {@link #set(String, String, String)}, with a value that expires. */
    default void set(String group, String key, String value, Duration ttl) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no expiry per entry");
    }

    void delete(String group, String key);

    /** Returns all entries of a group, in key order. */
    Map<String, String> getAll(String group);

    /** Returns the first entries of a group from a key on, in key order. */
    default Map<String, String> page(String group, String from, int limit) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " is not measured with pages");
    }

    long count(String group);

    /** Renders a group through a text template. */
    default String render(String template, String group) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot render templates");
    }

    @Override
    void close();
}
