package dev.kvstore.sample;

import java.time.Duration;
import java.time.Instant;

/** A value that expires, and how long it has left. */
record Note(String value, Duration left) {

    static Note until(Instant end, String value) {
        Duration left = Duration.between(Instant.now(), end);
        return new Note(value, left.isNegative() ? Duration.ZERO : left);
    }

    /** Whole seconds as a person counts them down: 1 until the very end. */
    public long seconds() {
        return left.plusMillis(999).toSeconds();
    }
}
