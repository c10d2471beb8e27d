package dev.kvstore.autoconfigure.actuate;

/** What records operations of one kind and outcome. */
@FunctionalInterface
interface Recorded {

    /**
     * Records an operation.
     *
     * @param weight how many operations it stands for
     */
    void record(int weight, long nanos);
}
