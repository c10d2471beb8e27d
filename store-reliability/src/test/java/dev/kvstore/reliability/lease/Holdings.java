package dev.kvstore.reliability.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the holders of one lease report, and the check that there was never more than one by the store's clock, and that
 * tokens grow. A holder reads the clock after it has taken the lease and before it closes it, so that it was the holder
 * at least in between. Thread-safe.
 */
final class Holdings {

    /** A time in which somebody was the holder, from the beginning up to, but without, the end. */
    private record Holding(Instant begin, Instant end, boolean isClosed) {}

    private final TreeMap<Long, Holding> byToken = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    synchronized void taken(long token, Instant at, Instant expiresAt) {
        if (byToken.put(token, new Holding(at, expiresAt, false)) != null) {
            faults.add("token " + token + " was given twice");
        }
    }

    synchronized void renewed(long token, Instant expiresAt) {
        byToken.computeIfPresent(token, (same, held) -> new Holding(held.begin(), expiresAt, false));
    }

    synchronized void closing(long token, Instant at) {
        byToken.computeIfPresent(
                token, (same, held) -> new Holding(held.begin(), at.isBefore(held.end()) ? at : held.end(), true));
    }

    synchronized int count() {
        return byToken.size();
    }

    /** Whether anything is known to be wrong while the holders work. */
    synchronized boolean isFaulty() {
        return !faults(true).isEmpty();
    }

    /** What was wrong, after the last report; empty if there was one holder at a time, in the order of the tokens. */
    synchronized List<String> faults() {
        return faults(false);
    }

    // A report of an end may still be on its way, when the next holder has reported its beginning.
    private List<String> faults(boolean onlyClosed) {
        List<String> all = new ArrayList<>(faults);
        Instant free = Instant.MIN;
        long last = 0;
        for (Map.Entry<Long, Holding> next : byToken.entrySet()) {
            Holding holding = next.getValue();
            if (holding.begin().isBefore(free)) {
                all.add("token %d was held from %s on, token %d until %s"
                        .formatted(next.getKey(), holding.begin(), last, free));
            }
            if (holding.end().isAfter(free) && (holding.isClosed() || !onlyClosed)) {
                free = holding.end();
                last = next.getKey();
            }
        }
        return all;
    }
}
