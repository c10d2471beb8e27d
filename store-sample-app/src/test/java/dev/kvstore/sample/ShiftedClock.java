package dev.kvstore.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system clock plus a shift. */
class ShiftedClock implements InstantSource {

    private volatile Duration moved = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(moved);
    }

    void move(Duration by) {
        moved = moved.plus(by);
    }
}
