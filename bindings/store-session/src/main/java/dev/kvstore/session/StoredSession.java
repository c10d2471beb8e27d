package dev.kvstore.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session as it is stored.
 *
 * @param id of the session
 * @param principal digest of the name of the user by which the session is found; empty if there is none
 * @param attributes the encoded attributes by their names
 */
record StoredSession(
        String id,
        Instant creationTime,
        Instant lastAccessedTime,
        Duration maxInactiveInterval,
        String principal,
        Map<String, byte[]> attributes) {

    /** Longer intervals mean that the session does not expire: an instant has no room for them. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    /** When the session expires, unless it never does. */
    Optional<Instant> expiresAt() {
        return endOf(lastAccessedTime, maxInactiveInterval);
    }

    boolean isExpired(Instant now) {
        return isExpired(lastAccessedTime, maxInactiveInterval, now);
    }

    static boolean isExpired(Instant lastAccessedTime, Duration maxInactiveInterval, Instant now) {
        return endOf(lastAccessedTime, maxInactiveInterval)
                .filter(end -> !now.isBefore(end))
                .isPresent();
    }

    private static Optional<Instant> endOf(Instant lastAccessedTime, Duration maxInactiveInterval) {
        return maxInactiveInterval.isNegative() || maxInactiveInterval.compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(lastAccessedTime.plus(maxInactiveInterval));
    }

    /** Omits what must not appear in a log. */
    @Override
    public String toString() {
        return "StoredSession[]";
    }
}
