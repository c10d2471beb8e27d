package dev.kvstore.reliability.history;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a client on a register, which is a group with one key.
 *
 * @param written the value that a set leaves in the register, empty if it has already expired
 * @param answer the result of the call, empty for a set
 * @param invoked the time before the call, on a clock shared by all clients
 * @param returned the time after the call
 */
record Event(
        int client,
        String register,
        Kind kind,
        Optional<String> written,
        Optional<String> answer,
        long invoked,
        long returned)
        implements Call<Optional<String>> {

    /** The information in the answer about the register when the call took effect. */
    enum Kind {
        /** The value. */
        READ,
        /** Whether it had a value. */
        EXISTS,
        /** Nothing. */
        SET,
        /** Whether it had a value, which is then deleted. */
        DELETE
    }

    private static final Optional<String> PRESENT = Optional.of("present");
    private static final String NONE = "-";

    static Optional<String> present(boolean present) {
        return present ? PRESENT : Optional.empty();
    }

    @Override
    public String object() {
        return register;
    }

    @Override
    public Optional<Optional<String>> on(Optional<String> before) {
        return fits(before) ? Optional.of(after(before)) : Optional.empty();
    }

    /** Whether the answer is correct for a register with this value. */
    private boolean fits(Optional<String> value) {
        return switch (kind) {
            case READ -> answer.equals(value);
            case EXISTS, DELETE -> answer.isPresent() == value.isPresent();
            case SET -> true;
        };
    }

    /** Neither registers nor values contain tabs. */
    @Override
    public String line() {
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

    /** The value of the register after the call. */
    private Optional<String> after(Optional<String> value) {
        return switch (kind) {
            case READ, EXISTS -> value;
            case SET -> written;
            case DELETE -> Optional.empty();
        };
    }
}
