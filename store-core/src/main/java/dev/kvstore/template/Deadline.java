package dev.kvstore.template;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time limit of one rendering. Not thread-safe, because a rendering runs in one thread. */
final class Deadline {

    /** Comparing, copying or escaping this many characters takes less than 0.1 ms. */
    static final int CHARACTERS_BETWEEN_CHECKS = 65_536;

    private final long start;
    private final TemplateLimits limits;
    private final LongSupplier nanoTime;
    private long spent;

    private Deadline(TemplateLimits limits, LongSupplier nanoTime) {
        this.start = nanoTime.getAsLong();
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    static Deadline of(TemplateLimits limits, LongSupplier nanoTime) {
        return new Deadline(limits, nanoTime);
    }

    /** Ends the rendering if its time is up. */
    void check() {
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - start);
        if (passed.compareTo(limits.settings().timeout()) > 0) {
            throw limits.tooSlow();
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
