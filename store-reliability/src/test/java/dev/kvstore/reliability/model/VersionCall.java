package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.model.SeenVersions.Expected;

/** A call that changes an entry if it has a version. */
record VersionCall(Kind kind, int store, View.Entry entry, Expected expected, String text, Expiry expiry)
        implements StoreCall {

    enum Kind {
        COMPARE_AND_SET,
        COMPARE_AND_DELETE
    }

    @Override
    public View.Group group() {
        return entry.group();
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        KvGroup<Object> group = group().in(kv);
        long version = seen.version(expected, group().name(), entry.key());
        return switch (kind) {
            case COMPARE_AND_SET ->
                Results.version(
                        entry,
                        group.compareAndSet(entry.key(), version, group().view().value(text), expiry));
            case COMPARE_AND_DELETE -> group.compareAndDelete(entry.key(), version);
        };
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, entry, expected, text, expiry);
    }
}
