package dev.kvstore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of an open store, for monitoring. A {@link KvObserver} gets it when the store is opened. Each method says
 * how it is at the moment of the call, is cheap, and never waits for a write, except for {@link #checkpoint}.
 * Thread-safe.
 *
 * <pre>{@code
 * class Sizes implements KvObserver {
 *
 *     private volatile KvStatus status;
 *
 *     @Override
 *     public void opened(KvStatus status) {
 *         this.status = status;
 *     }
 *
 *     void print() {
 *         status.file().ifPresent(file -> System.out.println(file + ": " + status.size().orElse(0) + " bytes"));
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public interface KvStatus {

    /** Returns whether the store is open. */
    default boolean isOpen() {
        return true;
    }

    /** Returns how many writes wait for a commit that has not begun. */
    default int pendingWrites() {
        return 0;
    }

    /** Returns the file of the store, as an absolute path; empty if the store is in memory or on a server. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** Returns the size of the file in bytes; empty if there is none. */
    default OptionalLong size() {
        return OptionalLong.empty();
    }

    /** Returns the size of the write-ahead log beside the file in bytes; empty if there is none. */
    default OptionalLong walSize() {
        return OptionalLong.empty();
    }

    /**
     * Returns whether the last attempt to copy the write-ahead log into the file failed, so that it grows: a disk
     * fails, or is full. No entry is lost by that.
     */
    default boolean isCheckpointFailing() {
        return false;
    }

    /**
     * Copies the write-ahead log into the file and empties it, as far as readers let it. Writes wait meanwhile.
     *
     * @return the size of the write-ahead log afterwards in bytes; empty if there is none, or the store is read-only
     * @throws KvClosedException if the store is closed
     */
    default OptionalLong checkpoint() {
        return OptionalLong.empty();
    }

    /** Returns the numbers of the near cache; empty if there is none. */
    default Optional<NearCache> nearCache() {
        return Optional.empty();
    }

    /** Returns the numbers of the pool of connections; empty unless the store is on a server. */
    default Optional<Pool> pool() {
        return Optional.empty();
    }

    /**
     * The numbers of a near cache, since the store was opened.
     *
     * @param size about how many entries it has
     * @param hits how often it had what was asked for
     * @param misses how often the database had to be asked
     * @param evictions how many entries were removed to make room for others
     */
    record NearCache(long size, long hits, long misses, long evictions) {}

    /**
     * The numbers of a pool of connections.
     *
     * @param active how many connections are in use
     * @param idle how many are free
     * @param waiting how many callers wait for one
     * @param max how many there can be
     */
    record Pool(int active, int idle, int waiting, int max) {}
}
