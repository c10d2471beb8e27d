package dev.kvstore;

import java.time.Duration;
import java.time.Instant;
import org.springframework.util.Assert;

/**
 * When an entry expires, said with the write of the entry. A write without an expiry means {@link #never()}.
 *
 * <pre>{@code
 * record LoginCodes(KvGroup<String> codes) {
 *
 *     void issue(String user, String code) {
 *         codes.set(user, code, Expiry.after(Duration.ofMinutes(5)));
 *     }
 *
 *     void correct(String user, String code) {
 *         codes.setIfPresent(user, code, Expiry.keep()); // still ends when the first one would have ended
 *     }
 * }
 * }</pre>
 *
 * <p>The store keeps milliseconds and rounds up, so that no entry lives shorter than asked for. An end beyond the range
 * of the store's clock means never. The four records are the only kinds there are; callers use the methods.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Expiry {

    /** The entry does not expire; an expiry that it had is cleared. */
    static Expiry never() {
        return Never.INSTANCE;
    }

    /** A live entry keeps the expiry that it has, or its having none. A new entry does not expire. */
    static Expiry keep() {
        return Keep.INSTANCE;
    }

    /**
     * The entry expires once a time has passed on the store's clock since the write.
     *
     * @param ttl how long the entry lives (time to live), positive
     * @throws IllegalArgumentException if {@code ttl} is null, zero or negative
     */
    static Expiry after(Duration ttl) {
        return new After(ttl);
    }

    /**
     * The entry expires at an instant. The store compares it with its clock when the expiry is used: the write throws
     * an {@link IllegalArgumentException} if the instant is not after now.
     *
     * @throws IllegalArgumentException if {@code instant} is null
     */
    static Expiry at(Instant instant) {
        return new At(instant);
    }

    /** The kind of {@link Expiry#never()}. */
    record Never() implements Expiry {
        private static final Never INSTANCE = new Never();
    }

    /** The kind of {@link Expiry#keep()}. */
    record Keep() implements Expiry {
        private static final Keep INSTANCE = new Keep();
    }

    /**
     * The kind of {@link Expiry#after(Duration)}.
     *
     * @param ttl positive
     */
    record After(Duration ttl) implements Expiry {

        /** Checks the ttl. */
        public After {
            Assert.notNull(ttl, "ttl must not be null");
            Assert.isTrue(!ttl.isZero() && !ttl.isNegative(), "ttl must be positive");
        }
    }

    /** The kind of {@link Expiry#at(Instant)}. */
    record At(Instant instant) implements Expiry {

        /** Checks the instant. */
        public At {
            Assert.notNull(instant, "instant must not be null");
        }
    }
}
