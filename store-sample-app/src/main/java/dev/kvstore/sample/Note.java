package dev.kvstore.sample;

import java.time.Duration;
import java.time.Instant;

/** A value that expires, and its remaining time. */
record Note(String value, Duration left) {

    static Note until(Instant end, String value) {
        Duration left = Duration.between(Instant.now(), end);
        return new Note(value, left.isNegative() ? Duration.ZERO : left);
    }

    /** The whole seconds of a countdown: 1 until the end. */
    public long seconds() {
        return left.plusMillis(999).toSeconds();
    }
}
