package dev.kvstore.benchmarks.contender;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that is measured. Safe for use by any number of threads. */
public interface Contender extends AutoCloseable {

    @Nullable
    String get(String group, String key);

    /** Returns when the write is as durable as the {@link Storage} that the contender was opened with says. */
    void set(String group, String key, String value);

    /** As {@link #set(String, String, String)}, of a value that expires. */
    default void set(String group, String key, String value, Duration ttl) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no expiry of single entries");
    }

    void delete(String group, String key);

    /** All entries of a group, in the order of their keys. */
    Map<String, String> getAll(String group);

    long count(String group);

    /** Renders a group through a text template. */
    default String render(String template, String group) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " renders nothing");
    }

    @Override
    void close();
}
