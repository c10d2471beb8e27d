package dev.kvstore.engine;

/**
 * The state that an entry must have for a change to be made. An expired entry is absent.
 *
 * @param version of the entry; 0 if the condition is not about a version
 */
public record Condition(Kind kind, long version) {

    /** What is compared. */
    public enum Kind {
        /** Nothing. */
        ANY,
        /** The entry is absent. */
        ABSENT,
        /** The entry is live. */
        PRESENT,
        /** The entry is live and has a version. */
        VERSION
    }

    /** Always met. */
    public static final Condition ANY = new Condition(Kind.ANY, 0);

    /** Met while the entry is absent. */
    public static final Condition ABSENT = new Condition(Kind.ABSENT, 0);

    /** Met while the entry is live. */
    public static final Condition PRESENT = new Condition(Kind.PRESENT, 0);

    /** Met while the entry is live and has this version; 0 means absent. */
    public static Condition version(long expected) {
        return expected == 0 ? ABSENT : new Condition(Kind.VERSION, expected);
    }

    /** Whether a version meets this condition; 0 means absent. */
    public boolean isMetBy(long actual) {
        return switch (kind) {
            case ANY -> true;
            case ABSENT -> actual == 0;
            case PRESENT -> actual != 0;
            case VERSION -> actual == version;
        };
    }
}
