package dev.kvstore.reliability.history;

import java.util.List;

/** Clients that work on registers at once, and write down what they asked and were told. */
interface Rounds extends AutoCloseable {

    /** The history of a round on registers of its own. */
    List<Event> round(long seed, int calls) throws Exception;

    @Override
    void close();
}
