package dev.kvstore.reliability.history;

import java.util.Optional;

/**
 * A call of a client on a register, which is a group with one key.
 *
 * @param written what a set leaves in the register
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

    /** The value that it leaves. */
    Optional<String> after(Optional<String> value) {
        return switch (kind) {
            case READ, LOOK -> value;
            case SET -> written;
            case DELETE -> Optional.empty();
        };
    }
}
