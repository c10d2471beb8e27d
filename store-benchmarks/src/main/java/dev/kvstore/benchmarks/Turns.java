package dev.kvstore.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** The next entry of a thread, and the next value it writes: a different one for a key each time. */
@State(Scope.Thread)
public class Turns {

    private String[] texts = {};
    private int read;
    private int written;
    private int text;

    @Setup
    public void prepare(ThreadParams thread) {
        texts = BenchmarkValues.of(thread.getThreadIndex() + 1);
        int start = (int) ((long) Entries.COUNT * thread.getThreadIndex() / thread.getThreadCount());
        read = start;
        written = start;
    }

    int nextRead() {
        read = read + 1 == Entries.COUNT ? 0 : read + 1;
        return read;
    }

    int nextWritten() {
        written = written + 1 == Entries.COUNT ? 0 : written + 1;
        return written;
    }

    String nextText() {
        text = text + 1 == texts.length ? 0 : text + 1;
        return texts[text];
    }
}
