package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.Optional;

/** A call of a method of a group that is about one entry. */
record EntryCall(Kind kind, int store, View.Entry entry, String text, Expiry expiry) implements StoreCall {

    @FunctionalInterface
    interface Call {
        Object on(KvGroup<Object> group, EntryCall call);
    }

    enum Kind {
        GET((group, c) -> group.get(c.key())),
        REQUIRE((group, c) -> group.require(c.key())),
        ENTRY((group, c) -> group.entry(c.key())),
        CONTAINS((group, c) -> group.contains(c.key())),
        SET((group, c) -> {
            group.set(c.key(), c.value());
            return "set";
        }),
        SET_WITH_EXPIRY((group, c) -> {
            group.set(c.key(), c.value(), c.expiry);
            return "set";
        }),
        SET_IF_ABSENT((group, c) -> group.setIfAbsent(c.key(), c.value())),
        SET_IF_ABSENT_WITH_EXPIRY((group, c) -> group.setIfAbsent(c.key(), c.value(), c.expiry)),
        GET_OR_SET((group, c) -> group.getOrSet(c.key(), c.value(), c.expiry)),
        SET_IF_PRESENT((group, c) -> group.setIfPresent(c.key(), c.value())),
        SET_IF_PRESENT_WITH_EXPIRY((group, c) -> group.setIfPresent(c.key(), c.value(), c.expiry)),
        GET_AND_SET((group, c) -> group.getAndSet(c.key(), c.value(), c.expiry)),
        GET_AND_DELETE((group, c) -> group.getAndDelete(c.key())),
        GET_AND_EXPIRE((group, c) -> group.getAndExpire(c.key(), c.expiry)),
        EXPIRE((group, c) -> group.expire(c.key(), c.expiry)),
        /** The new value depends on the old one. */
        UPDATE((group, c) -> group.update(
                c.key(),
                c.expiry,
                old -> c.value() == null ? null : Optional.of(old.isEmpty() ? c.value() : old.get()))),
        UPDATE_TO_VALUE((group, c) -> group.update(c.key(), c.expiry, old -> Optional.ofNullable(c.value()))),
        UPDATE_TO_NOTHING((group, c) -> group.update(c.key(), c.expiry, old -> Optional.empty())),
        GET_OR_COMPUTE((group, c) -> group.getOrCompute(c.key(), c.expiry, c::value)),
        GET_OR_FAIL((group, c) -> group.getOrCompute(c.key(), c.expiry, () -> {
            throw new IllegalStateException("the loader's");
        })),
        DELETE((group, c) -> group.delete(c.key()));

        // The calls are lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Call call;

        Kind(Call call) {
            this.call = call;
        }
    }

    @Override
    public View.Group group() {
        return entry.group();
    }

    private String key() {
        return entry.key();
    }

    private Object value() {
        return group().view().value(text);
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return Results.plain(group().name(), kind.call.on(group().in(kv), this));
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, entry, text, expiry);
    }
}
