package dev.kvstore.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells a store the time, and is moved by a test. It is no {@link InstantSource}, so that as a bean it is never injected
 * where an application asks for its own clock; {@code clock::instant} is one. Thread-safe.
 *
 * <pre>{@code
 * @Test
 * void aSessionEndsAfterAnHour(KvStore kv, TestClock clock) {
 *     kv.set("sessions", "token", "ada", Duration.ofHours(1));
 *
 *     clock.advance(Duration.ofHours(1).plusMillis(1));
 *
 *     assertThat(kv.get("sessions", "token")).isEmpty();
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class TestClock {

    private final InstantSource start;
    private volatile Moved now;

    /** A source of time, and how far the test has moved it. */
    private record Moved(InstantSource source, Duration by) {

        Instant instant() {
            return source.instant().plus(by);
        }
    }

    private TestClock(InstantSource start) {
        this.start = start;
        this.now = new Moved(start, Duration.ZERO);
    }

    /** A clock that stands still until it is moved. */
    public static TestClock standingAt(Instant instant) {
        return new TestClock(InstantSource.fixed(instant));
    }

    /** A clock that goes with the system's until it is moved, and as fast as that one afterwards. */
    public static TestClock running() {
        return new TestClock(InstantSource.system());
    }

    /** The time. */
    public Instant instant() {
        return now.instant();
    }

    /** Moves the clock, back when the duration is negative. */
    public synchronized void advance(Duration by) {
        now = new Moved(now.source(), now.by().plus(by));
    }

    /** Sets the clock, which then stands still until it is moved or reset. */
    public synchronized void setTo(Instant instant) {
        now = new Moved(InstantSource.fixed(instant), Duration.ZERO);
    }

    /** Takes back all that moved the clock. */
    public synchronized void reset() {
        now = new Moved(start, Duration.ZERO);
    }
}
