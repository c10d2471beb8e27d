package dev.kvstore.benchmarks.targets;

import java.util.function.IntConsumer;

/** An operation that is repeated with numbers from 0 on, of which each is used once. */
final class Repeated {

    private final IntConsumer operation;
    private int next;

    Repeated(IntConsumer operation) {
        this.operation = operation;
    }

    /** Returns the average time of an operation, in nanoseconds. */
    double time(int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            operation.accept(next++);
        }
        return (double) (System.nanoTime() - start) / count;
    }
}
