package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import java.time.Duration;

/** A call of a method for text, or of one that is about no group. */
record TextCall(Kind kind, int store, String groupName, String key, String value, Duration ttl) implements StoreCall {

    @FunctionalInterface
    interface Call {
        Object on(KvStore kv, TextCall call);
    }

    enum Kind {
        GET((kv, c) -> kv.get(c.groupName, c.key)),
        REQUIRE((kv, c) -> kv.require(c.groupName, c.key)),
        SET((kv, c) -> {
            kv.set(c.groupName, c.key, c.value);
            return "set";
        }),
        SET_WITH_TTL((kv, c) -> {
            kv.set(c.groupName, c.key, c.value, c.ttl);
            return "set";
        }),
        DELETE((kv, c) -> kv.delete(c.groupName, c.key)),
        COUNT((kv, c) -> kv.count(c.groupName)),
        GET_ALL((kv, c) -> kv.getAll(c.groupName)),
        DELETE_GROUP((kv, c) -> kv.deleteGroup(c.groupName)),
        RENDER((kv, c) -> kv.render(c.value, c.groupName)),
        RENDER_NAMED((kv, c) -> kv.renderNamed(c.value, c.groupName)),
        /** The groups whose names start with a prefix. */
        GROUPS((kv, c) -> kv.groups(c.groupName)),
        PURGE_EXPIRED((kv, c) -> kv.purgeExpired());

        // The calls are lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Call call;

        Kind(Call call) {
            this.call = call;
        }
    }

    @Override
    public View.Group group() {
        return new View.Group(View.TEXT, groupName);
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return Results.plain(groupName, kind.call.on(kv, this));
    }

    @Override
    public String toString() {
        return Printing.operation(kind, store, groupName, key, value, ttl);
    }
}
