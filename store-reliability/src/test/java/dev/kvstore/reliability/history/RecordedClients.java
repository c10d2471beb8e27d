package dev.kvstore.reliability.history;

import java.util.List;

/**
 * Clients that call operations on objects concurrently, and record the calls with their results.
 *
 * @param <C> their calls
 */
interface RecordedClients<C> extends AutoCloseable {

    /** Returns the history of a round on new objects. */
    List<C> round(long seed, int calls) throws Exception;

    @Override
    void close();
}
