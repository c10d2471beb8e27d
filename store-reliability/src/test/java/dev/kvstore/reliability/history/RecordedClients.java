package dev.kvstore.reliability.history;

import java.util.List;

/** Clients that call operations on registers concurrently, and record the calls with their results. */
interface RecordedClients extends AutoCloseable {

    /** Returns the history of a round on new registers. */
    List<Event> round(long seed, int calls) throws Exception;

    @Override
    void close();
}
