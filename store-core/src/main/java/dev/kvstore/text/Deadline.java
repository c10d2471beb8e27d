package dev.kvstore.text;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when a rendering may run. */
record Deadline(long start, Duration timeout, LongSupplier nanoTime) {

    static Deadline after(Duration timeout, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong(), timeout, nanoTime);
    }

    /** Ends the rendering once its time is over. */
    void check() {
        if (Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(timeout) > 0) {
            throw new TemplateFault("it takes longer than " + timeout.toMillis() + " ms (kvstore.template.timeout)");
        }
    }
}
