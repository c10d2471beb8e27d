package dev.kvstore.benchmarks.targets;

import java.util.Arrays;

/** The latencies of single calls. Each thread has its own instance. */
final class Latencies {

    private long[] nanos = new long[1 << 16];
    private int count;

    void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        add(System.nanoTime() - start);
    }

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    double longest() {
        return percentile(100);
    }

    double percentile(double percent) {
        Arrays.sort(nanos, 0, count);
        return nanos[Math.max(0, (int) Math.ceil(count * percent / 100) - 1)];
    }

    void addAll(Latencies others) {
        long[] all = Arrays.copyOf(nanos, Math.max(1, count + others.count));
        System.arraycopy(others.nanos, 0, all, count, others.count);
        nanos = all;
        count += others.count;
    }
}
