package dev.kvstore.reliability.history;

import java.util.Optional;

/**
 * What a call saw of an entry, or did to it.
 *
 * @param value null for none
 * @param number a version, or what is added
 */
record Step(Kind kind, String key, String value, long number) {

    enum Kind {
        /** It had the value, or was absent. */
        SAW_VALUE,
        /** It had the value and the version, or was absent. */
        SAW,
        /** It was live. */
        SAW_ANY,
        /** It had the version; 0 means absent. */
        MATCHED,
        WROTE,
        ADDED,
        REMOVED
    }

    private static final String NONE = "-";

    static Step sawValue(String key, String value) {
        return new Step(Kind.SAW_VALUE, key, value, 0);
    }

    static Step sawValue(String key, Optional<String> value) {
        return sawValue(key, value.orElse(null));
    }

    /** An absent entry has the version 0. */
    static Step saw(String key, String value, long version) {
        return new Step(Kind.SAW, key, value, version);
    }

    static Step sawAny(String key) {
        return new Step(Kind.SAW_ANY, key, null, 0);
    }

    static Step matched(String key, long version) {
        return new Step(Kind.MATCHED, key, null, version);
    }

    static Step wrote(String key, String value) {
        return new Step(Kind.WROTE, key, value, 0);
    }

    static Step added(String key, long number) {
        return new Step(Kind.ADDED, key, null, number);
    }

    static Step removed(String key) {
        return new Step(Kind.REMOVED, key, null, 0);
    }

    /** Returns the entry after the step; empty if the step is wrong for the entry before. */
    Optional<Cell> on(Cell before) {
        return switch (kind) {
            case SAW_VALUE -> before.hasValue(value) ? Optional.of(before) : Optional.empty();
            case SAW -> before.hasValue(value) ? before.seenWith(number) : Optional.empty();
            case SAW_ANY -> before.isLive() ? Optional.of(before) : Optional.empty();
            case MATCHED -> before.hasVersion(number) ? Optional.of(before) : Optional.empty();
            case WROTE -> Optional.of(before.written(value));
            case ADDED -> Optional.of(before.written(before.plus(number)));
            case REMOVED -> Optional.of(before.removed());
        };
    }

    /** Formats the step without spaces, which neither keys nor values contain. */
    String line() {
        return kind + "," + key + "," + (value == null ? NONE : value) + "," + number;
    }

    static Step parse(String line) {
        String[] parts = line.split(",", -1);
        return new Step(
                Kind.valueOf(parts[0]), parts[1], parts[2].equals(NONE) ? null : parts[2], Long.parseLong(parts[3]));
    }
}
