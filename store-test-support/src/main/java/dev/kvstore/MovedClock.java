package dev.kvstore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test sets or advances it. */
public final class MovedClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00.0004Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void move(Duration by) {
        now = now.plus(by);
    }

    public void set(Instant instant) {
        now = instant;
    }
}
