package dev.kvstore.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one request has changed in a session. It is applied to the session as it is stored then, so that requests at the
 * same time each keep their changes.
 *
 * @param id the new id, if it was changed
 * @param lastAccessedTime if it has moved far enough to be written
 * @param maxInactiveInterval if it was changed
 * @param principal if attributes were changed
 */
record SessionChange(
        Optional<String> id,
        Optional<Instant> lastAccessedTime,
        Optional<Duration> maxInactiveInterval,
        Optional<String> principal,
        Map<String, byte[]> set,
        Set<String> removed) {

    /** Returns the changed session. */
    StoredSession applyTo(StoredSession session) {
        Map<String, byte[]> attributes = new LinkedHashMap<>(session.attributes());
        attributes.putAll(set);
        attributes.keySet().removeAll(removed);
        return new StoredSession(
                id.orElse(session.id()),
                session.creationTime(),
                lastAccessedTime.orElse(session.lastAccessedTime()),
                maxInactiveInterval.orElse(session.maxInactiveInterval()),
                principal.orElse(session.principal()),
                Collections.unmodifiableMap(attributes));
    }

    /** This change for a session that somebody else has changed in the meantime: time does not go back. */
    SessionChange afterAnother(StoredSession session) {
        return new SessionChange(
                id,
                lastAccessedTime.filter(time -> time.isAfter(session.lastAccessedTime())),
                maxInactiveInterval,
                principal,
                set,
                removed);
    }

    /** Whether the session already is what this change makes of it. */
    boolean changesNothingIn(StoredSession session) {
        return id.isEmpty()
                && lastAccessedTime.isEmpty()
                && maxInactiveInterval.isEmpty()
                && principal
                        .filter(changed -> !changed.equals(session.principal()))
                        .isEmpty()
                && Collections.disjoint(session.attributes().keySet(), removed)
                && set.entrySet().stream()
                        .allMatch(attribute -> Arrays.equals(
                                attribute.getValue(), session.attributes().get(attribute.getKey())));
    }
}
