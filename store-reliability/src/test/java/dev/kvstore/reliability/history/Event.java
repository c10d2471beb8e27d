package dev.kvstore.reliability.history;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a client on a register, which is a group with one key.
 *
 * @param written what a set leaves in the register, empty when that has expired already
 * @param answer what it returned, empty for a set, which returns nothing
 * @param invoked before the call, on a clock that all clients share
 * @param returned after it
 */
record Event(
        int client,
        String register,
        Kind kind,
        Optional<String> written,
        Optional<String> answer,
        long invoked,
        long returned) {

    /** What the answer tells of the register as it was when the call took effect. */
    enum Kind {
        /** The value itself. */
        READ,
        /** Whether there was one. */
        LOOK,
        /** Nothing. */
        SET,
        /** Whether there was one, which then is gone. */
        DELETE
    }

    private static final Optional<String> THERE = Optional.of("there");
    private static final String NONE = "-";

    static Optional<String> there(boolean there) {
        return there ? THERE : Optional.empty();
    }

    /** Whether the answer is right for a register with this value. */
    boolean fits(Optional<String> value) {
        return switch (kind) {
            case READ -> answer.equals(value);
            case LOOK, DELETE -> answer.isPresent() == value.isPresent();
            case SET -> true;
        };
    }

    /** Whether there was a moment at which both calls were under way. */
    boolean overlaps(Event other) {
        return invoked <= other.returned && other.invoked <= returned;
    }

    /** As a line, for another process. Neither registers nor values have tabs in them. */
    String line() {
        return Stream.of(client, register, kind, written.orElse(NONE), answer.orElse(NONE), invoked, returned)
                .map(String::valueOf)
                .collect(Collectors.joining("\t"));
    }

    static Event parse(String line) {
        String[] parts = line.split("\t", -1);
        return new Event(
                Integer.parseInt(parts[0]),
                parts[1],
                Kind.valueOf(parts[2]),
                Optional.of(parts[3]).filter(value -> !value.equals(NONE)),
                Optional.of(parts[4]).filter(value -> !value.equals(NONE)),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }

    /** The value that it leaves. */
    Optional<String> after(Optional<String> value) {
        return switch (kind) {
            case READ, LOOK -> value;
            case SET -> written;
            case DELETE -> Optional.empty();
        };
    }
}
