package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call of a method of a group that names several entries. */
record KeysCall(Kind kind, int store, View.Group group, List<Named> entries, Expiry expiry) implements StoreCall {

    record Named(String key, String text) {

        @Override
        public String toString() {
            return Printing.print(key) + "=" + Printing.print(text);
        }
    }

    @FunctionalInterface
    interface Call {
        Object on(KvGroup<Object> group, KeysCall call);
    }

    enum Kind {
        GET_ALL_OF((group, c) -> group.getAll(c.keys())),
        SET_ALL((group, c) -> {
            group.setAll(c.values());
            return "set";
        }),
        SET_ALL_WITH_EXPIRY((group, c) -> {
            group.setAll(c.values(), c.expiry);
            return "set";
        }),
        DELETE_ALL_OF((group, c) -> group.deleteAll(c.keys())),
        MAP_PUT_ALL((group, c) -> {
            group.asMap().putAll(c.values());
            return "put";
        });

        // The calls are lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Call call;

        Kind(Call call) {
            this.call = call;
        }
    }

    private List<String> keys() {
        return entries.stream().map(Named::key).toList();
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.key(), group.view().value(entry.text())));
        return values;
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return Results.plain(group.name(), kind.call.on(group.in(kv), this));
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, group, entries, expiry);
    }
}
