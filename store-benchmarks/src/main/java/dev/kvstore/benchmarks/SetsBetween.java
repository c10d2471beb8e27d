package dev.kvstore.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sets an entry before each ninth measured call of a thread. */
@State(Scope.Thread)
public class SetsBetween {

    private static final int READS = 9;

    private int calls;

    @Setup(Level.Invocation)
    public void write(EntryBenchmark benchmark, Turns turns) {
        if (++calls % READS == 0) {
            benchmark.set(turns);
        }
    }
}
