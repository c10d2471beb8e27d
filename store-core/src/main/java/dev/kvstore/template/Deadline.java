package dev.kvstore.template;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when a rendering may run. Belongs to one rendering, and so to one thread. */
final class Deadline {

    /** In less than a tenth of a millisecond so many characters are compared, copied or escaped. */
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

    /** Ends the rendering once its time is over. */
    void check() {
        if (Duration.ofNanos(nanoTime.getAsLong() - start).compareTo(timeout) > 0) {
            throw new TemplateFault("it takes longer than " + timeout.toMillis() + " ms (kvstore.template.timeout)");
        }
    }

    /** Counts characters that were worked on, and looks at the time every so many of them. */
    void spend(long characters) {
        spent += characters;
        if (spent >= CHARACTERS_BETWEEN_CHECKS) {
            spent = 0;
            check();
        }
    }
}
