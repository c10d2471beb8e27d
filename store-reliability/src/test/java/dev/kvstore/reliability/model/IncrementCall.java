package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;

/** A call that adds to a number. */
record IncrementCall(Kind kind, int store, View.Entry entry, long delta, Expiry ofNewEntry) implements StoreCall {

    enum Kind {
        INCREMENT,
        INCREMENT_WITH_EXPIRY
    }

    @Override
    public View.Group group() {
        return entry.group();
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        KvGroup<Object> group = group().in(kv);
        return switch (kind) {
            case INCREMENT -> group.increment(entry.key(), delta);
            case INCREMENT_WITH_EXPIRY -> group.increment(entry.key(), delta, ofNewEntry);
        };
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, entry, delta, ofNewEntry);
    }
}
