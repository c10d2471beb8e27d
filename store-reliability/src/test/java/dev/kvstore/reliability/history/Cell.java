package dev.kvstore.reliability.history;

import java.util.Objects;
import java.util.Optional;

/**
 * An entry as the calls so far left it.
 *
 * @param value null if it is absent
 * @param version 0 if it is absent; {@link #UNSEEN} until a call sees the version of the last write
 * @param largest the largest version that it is known to have had
 */
record Cell(String value, long version, long largest) {

    static final Cell ABSENT = new Cell(null, 0, 0);

    private static final long UNSEEN = -1;

    boolean isLive() {
        return value != null;
    }

    boolean hasValue(String other) {
        return Objects.equals(value, other);
    }

    /** Nobody can expect a version that no call has seen. */
    boolean hasVersion(long expected) {
        return version == expected;
    }

    /** Returns the entry with a version that a call saw; empty if it cannot have it. */
    Optional<Cell> seenWith(long seen) {
        if (version == UNSEEN && seen > largest) {
            return Optional.of(new Cell(value, seen, seen));
        }
        return version == seen ? Optional.of(this) : Optional.empty();
    }

    Cell written(String newValue) {
        return new Cell(newValue, UNSEEN, largest);
    }

    Cell removed() {
        return new Cell(null, 0, largest);
    }

    String plus(long number) {
        return String.valueOf(number + (isLive() ? Long.parseLong(value) : 0));
    }
}
