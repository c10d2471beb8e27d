package dev.kvstore.reliability.model;

import java.time.Duration;

/** What happens to a store from outside. */
record ExternalEvent(Kind kind, int store, String group, String key, String value, Duration time)
        implements ModelOperation {

    enum Kind {
        MOVE_CLOCK,
        /** Another program writes an entry that is not UTF-8. */
        WRITE_FOREIGN,
        REOPEN,
        REOPEN_READ_ONLY
    }

    static ExternalEvent reopen(int store) {
        return new ExternalEvent(Kind.REOPEN, store, null, null, null, null);
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, group, key, value, time);
    }
}
