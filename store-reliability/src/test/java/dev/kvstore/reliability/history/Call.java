package dev.kvstore.reliability.history;

import java.util.Optional;

/**
 * A recorded call of a client on an object of the store.
 *
 * @param <S> the state of the object
 */
interface Call<S> {

    /** The name of the object. */
    String object();

    /** The time before the call, on a clock shared by all clients. */
    long invoked();

    /** The time after the call. */
    long returned();

    /** Returns the state of the object after the call; empty if its answer is wrong for the state before. */
    Optional<S> on(S before);

    /** Formats the call as a line for another process. */
    String line();

    /** Whether both calls overlapped in time. */
    default boolean overlaps(Call<?> other) {
        return invoked() <= other.returned() && other.invoked() <= returned();
    }
}
