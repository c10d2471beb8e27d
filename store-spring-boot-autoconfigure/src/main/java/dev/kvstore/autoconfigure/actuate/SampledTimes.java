package dev.kvstore.autoconfigure.actuate;

import java.util.concurrent.atomic.LongAdder;

/** The number and total time of operations, estimated from samples. */
final class SampledTimes implements Recorded {

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    @Override
    public void record(int weight, long nanos) {
        count.add(weight);
        this.nanos.add(weight * nanos);
    }

    long count() {
        return count.sum();
    }

    double nanos() {
        return (double) nanos.sum();
    }
}
