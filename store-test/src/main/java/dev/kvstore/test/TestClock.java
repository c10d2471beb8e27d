package dev.kvstore.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock for a store that a test can advance. It does not implement {@link InstantSource}, so that the bean is never
 * injected in place of a clock of the application; use {@code clock::instant}. Thread-safe.
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

    /** A time source and the duration by which the test has advanced it. */
    private record Moved(InstantSource source, Duration by) {

        Instant instant() {
            return source.instant().plus(by);
        }
    }

    private TestClock(InstantSource start) {
        this.start = start;
        this.now = new Moved(start, Duration.ZERO);
    }

    /** Creates a clock that stands still until it is advanced. */
    public static TestClock standingAt(Instant instant) {
        return new TestClock(InstantSource.fixed(instant));
    }

    /** Creates a clock that follows the system clock, also after it has been advanced. */
    public static TestClock running() {
        return new TestClock(InstantSource.system());
    }

    /** Returns the current time. */
    public Instant instant() {
        return now.instant();
    }

    /** Advances the clock, or sets it back if the duration is negative. */
    public synchronized void advance(Duration by) {
        now = new Moved(now.source(), now.by().plus(by));
    }

    /** Sets the clock, which then stands still until it is advanced or reset. */
    public synchronized void setTo(Instant instant) {
        now = new Moved(InstantSource.fixed(instant), Duration.ZERO);
    }

    /** Undoes all changes of the clock. */
    public synchronized void reset() {
        now = new Moved(start, Duration.ZERO);
    }
}
