package dev.kvstore.reliability.history;

import dev.kvstore.KvStore;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What clients call, and how their calls are checked.
 *
 * @param <C> the calls
 */
interface RecordedWorkload<C> {

    /** A client in one thread. */
    @FunctionalInterface
    interface Client<C> {

        /** Makes a call and records it; no two calls of a round have the same client and number. */
        C call(KvStore kv, String round, int number, SplittableRandom random);
    }

    static RecordedWorkload<? extends Call<?>> named(String name) {
        return name.equals(Registers.NAME) ? new Registers() : new Conditions();
    }

    String name();

    Client<C> client(int number);

    C parse(String line);

    /** Returns what no order of the calls explains; all objects are empty before the first call. */
    List<String> violations(List<C> history);

    KvStore withFlaw(String flaw, KvStore sound);
}
