package dev.kvstore.template;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time limit of one rendering. Not thread-safe, because a rendering runs in one thread. */
final class Deadline {

    /** Comparing, copying or escaping this many characters takes less than 0.1 ms. */
    static final int CHARACTERS_BETWEEN_CHECKS = 65_536;

    private final long start;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private long spent;

    private Deadline(Duration timeout, LongSupplier nanoTime) {
        this.start = nanoTime.getAsLong();
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    static Deadline after(Duration timeout, LongSupplier nanoTime) {
        return new Deadline(timeout, nanoTime);
    }

    /** Ends the rendering if its time is up. */
    void check() {
        if (Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(timeout) > 0) {
            throw new TemplateFault("it takes longer than " + timeout.toMillis() + " ms (kvstore.template.timeout)");
        }
    }

    /** Counts processed characters, and checks the time after each {@link #CHARACTERS_BETWEEN_CHECKS} of them. */
    void spend(long characters) {
        spent += characters;
        if (spent >= CHARACTERS_BETWEEN_CHECKS) {
            spent = 0;
            check();
        }
    }
}
