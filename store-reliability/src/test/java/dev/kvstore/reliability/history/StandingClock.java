package dev.kvstore.reliability.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still at the same time in every process; a thread may use another time for the duration of a call. */
final class StandingClock implements InstantSource {

    static final StandingClock CLOCK = new StandingClock();

    private static final Instant PRESENT = Instant.parse("2026-01-01T00:00:00Z");

    private final ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> PRESENT);

    private StandingClock() {}

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Runs a call with the clock advanced by a duration. */
    void ahead(Duration by, Runnable call) {
        now.set(PRESENT.plus(by));
        try {
            call.run();
        } finally {
            now.remove();
        }
    }
}
