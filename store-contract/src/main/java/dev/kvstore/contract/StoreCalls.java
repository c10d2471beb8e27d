package dev.kvstore.contract;

import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The methods of a store that read or write, called with the name of a group where they have one. */
final class StoreCalls {

    private StoreCalls() {}

    private static Calling<KvStore, String> call(String name, BiConsumer<KvStore, String> call) {
        return new Calling<>(name, call);
    }

    /** All of them. */
    static Stream<Calling<KvStore, String>> all() {
        return Stream.of(
                call("get", (kv, group) -> kv.get(group, "key")),
                call("require", (kv, group) -> kv.require(group, "key")),
                call("set", (kv, group) -> kv.set(group, "key", "1")),
                call("set with ttl", (kv, group) -> kv.set(group, "key", "1", Duration.ofDays(1))),
                call("count", (kv, group) -> kv.count(group)),
                call("getAll", (kv, group) -> kv.getAll(group)),
                call("groups", (kv, group) -> kv.groups(group)),
                call("render", (kv, group) -> kv.render("template", group)),
                call("renderNamed", (kv, group) -> kv.renderNamed("contract/greeting", group)),
                call("purgeExpired", (kv, group) -> kv.purgeExpired()),
                call("delete", (kv, group) -> kv.delete(group, "key")),
                call("deleteGroup", (kv, group) -> kv.deleteGroup(group)));
    }
}
