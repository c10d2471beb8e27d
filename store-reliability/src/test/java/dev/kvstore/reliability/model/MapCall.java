package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import java.util.concurrent.ConcurrentMap;

/**
 * A call of a method of a group's map view.
 *
 * @param text a value, or what a function returns
 * @param other another value, which an entry may have; null from a function deletes the entry
 */
record MapCall(Kind kind, int store, View.Entry entry, String text, String other) implements StoreCall {

    @FunctionalInterface
    interface Call {
        Object on(ConcurrentMap<String, Object> map, MapCall call);
    }

    enum Kind {
        GET((map, c) -> map.get(c.key())),
        GET_OR_DEFAULT((map, c) -> map.getOrDefault(c.key(), c.value())),
        CONTAINS_KEY((map, c) -> map.containsKey(c.key())),
        PUT((map, c) -> map.put(c.key(), c.value())),
        PUT_IF_ABSENT((map, c) -> map.putIfAbsent(c.key(), c.value())),
        REMOVE((map, c) -> map.remove(c.key())),
        REMOVE_VALUE((map, c) -> map.remove(c.key(), c.value())),
        REPLACE((map, c) -> map.replace(c.key(), c.value())),
        REPLACE_VALUE((map, c) -> map.replace(c.key(), c.otherValue(), c.value())),
        COMPUTE((map, c) -> map.compute(c.key(), (key, old) -> old == null ? c.value() : c.otherValue())),
        COMPUTE_IF_ABSENT((map, c) -> map.computeIfAbsent(c.key(), key -> c.value())),
        COMPUTE_IF_PRESENT((map, c) -> map.computeIfPresent(c.key(), (key, old) -> c.value())),
        MERGE((map, c) -> map.merge(c.key(), c.value(), (old, value) -> c.otherValue())),
        REPLACE_ALL((map, c) -> {
            map.replaceAll((key, old) -> c.value());
            return "replaced";
        }),
        REMOVE_IF((map, c) -> map.entrySet().removeIf(entry -> entry.getKey().equals(c.key()))),
        ENTRIES((map, c) -> map.entrySet()),
        KEYS((map, c) -> map.keySet()),
        SIZE((map, c) -> map.size()),
        IS_EMPTY((map, c) -> map.isEmpty());

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

    private Object otherValue() {
        return group().view().value(other);
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return Results.plain(group().name(), kind.call.on(group().in(kv).asMap(), this));
    }

    @Override
    public String toString() {
        return "map, " + Printing.operation(kind, store, entry, text, other);
    }
}
