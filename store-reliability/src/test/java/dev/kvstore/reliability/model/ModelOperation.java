package dev.kvstore.reliability.model;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One step of a trial: a call of one of the stores on a file, or an external event. */
record ModelOperation(Kind kind, int store, String group, String key, String value, Duration time) {

    @FunctionalInterface
    interface Call {
        Object on(KvStore kv, ModelOperation operation);
    }

    enum Kind {
        GET((kv, o) -> kv.get(o.group, o.key)),
        REQUIRE((kv, o) -> kv.require(o.group, o.key)),
        SET((kv, o) -> {
            kv.set(o.group, o.key, o.value);
            return "set";
        }),
        SET_WITH_TTL((kv, o) -> {
            kv.set(o.group, o.key, o.value, o.time);
            return "set";
        }),
        DELETE((kv, o) -> kv.delete(o.group, o.key)),
        COUNT((kv, o) -> kv.count(o.group)),
        GET_ALL((kv, o) -> ModelOutcome.inOrder(kv.getAll(o.group))),
        DELETE_GROUP((kv, o) -> kv.deleteGroup(o.group)),
        RENDER((kv, o) -> kv.render(o.value, o.group)),
        RENDER_NAMED((kv, o) -> kv.renderNamed(o.value, o.group)),
        PURGE_EXPIRED((kv, o) -> kv.purgeExpired()),
        MOVE_CLOCK(null),
        /** Another program writes an entry that is not UTF-8. */
        WRITE_FOREIGN(null),
        REOPEN(null),
        REOPEN_READ_ONLY(null);

        // The calls are lambdas without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Call call;

        Kind(Call call) {
            this.call = call;
        }

        boolean isCall() {
            return call != null;
        }
    }

    ModelOutcome on(KvStore kv) {
        return ModelOutcome.of(() -> kind.call.on(kv, this));
    }

    @Override
    public String toString() {
        String arguments = Stream.of(
                        HostileTexts.literal(group), HostileTexts.literal(key), HostileTexts.literal(value), time)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return kind + " in store " + store + ": " + arguments;
    }
}
