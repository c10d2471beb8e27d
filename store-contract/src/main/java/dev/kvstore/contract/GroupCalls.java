package dev.kvstore.contract;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The methods of a group that read or write. Their values are numbers, so that each of them can follow each other. */
final class GroupCalls {

    private static final Expiry NEVER = Expiry.never();

    private GroupCalls() {}

    private static <A> Calling<KvGroup<String>, A> call(String name, BiConsumer<KvGroup<String>, A> call) {
        return new Calling<>(name, call);
    }

    /** All of them, called with a key where they have one. */
    static Stream<Calling<KvGroup<String>, String>> all() {
        return Stream.of(
                        ofAKey(),
                        ofARange().map(call -> call.<String>with(KvRange.all())),
                        Stream.of(
                                GroupCalls.<String>call("getAll", (group, key) -> group.getAll()),
                                GroupCalls.<String>call("count", (group, key) -> group.count()),
                                GroupCalls.<String>call("clear", (group, key) -> group.clear())))
                .flatMap(calls -> calls);
    }

    /** Those that have a key, or several. */
    static Stream<Calling<KvGroup<String>, String>> ofAKey() {
        return Stream.concat(findingAKey(), settingAKey());
    }

    /** Those that have a key and set no value; the key has no limit. */
    static Stream<Calling<KvGroup<String>, String>> findingAKey() {
        return Stream.of(
                call("get", (group, key) -> group.get(key)),
                call("require", (group, key) -> group.require(key)),
                call("entry", (group, key) -> group.entry(key)),
                call("contains", (group, key) -> group.contains(key)),
                call("getAll of keys", (group, key) -> group.getAll(Arrays.asList("other", key))),
                call("compareAndDelete", (group, key) -> group.compareAndDelete(key, 1)),
                call("getAndExpire", (group, key) -> group.getAndExpire(key, NEVER)),
                call("expire", (group, key) -> group.expire(key, NEVER)),
                call("getAndDelete", (group, key) -> group.getAndDelete(key)),
                call("delete", (group, key) -> group.delete(key)),
                call("deleteAll of keys", (group, key) -> group.deleteAll(Arrays.asList("other", key))));
    }

    /** Those that set the value of a key. */
    static Stream<Calling<KvGroup<String>, String>> settingAKey() {
        return Stream.of(
                call("set", (group, key) -> group.set(key, "1")),
                call("set with ttl", (group, key) -> group.set(key, "1", Duration.ofDays(1))),
                call("set with expiry", (group, key) -> group.set(key, "1", NEVER)),
                call("setAll", (group, key) -> group.setAll(Collections.singletonMap(key, "1"))),
                call("setAll with expiry", (group, key) -> group.setAll(Collections.singletonMap(key, "1"), NEVER)),
                call("setIfAbsent", (group, key) -> group.setIfAbsent(key, "1")),
                call("setIfAbsent with expiry", (group, key) -> group.setIfAbsent(key, "1", NEVER)),
                call("getOrSet", (group, key) -> group.getOrSet(key, "1", NEVER)),
                call("setIfPresent", (group, key) -> group.setIfPresent(key, "1")),
                call("setIfPresent with expiry", (group, key) -> group.setIfPresent(key, "1", NEVER)),
                call("compareAndSet", (group, key) -> group.compareAndSet(key, 0, "1", NEVER)),
                call("getAndSet", (group, key) -> group.getAndSet(key, "1", NEVER)),
                call("increment", (group, key) -> group.increment(key, 1)),
                call("increment with expiry", (group, key) -> group.increment(key, 1, NEVER)),
                call("update", (group, key) -> group.update(key, NEVER, before -> Optional.of("1"))),
                call("getOrCompute", (group, key) -> group.getOrCompute(key, NEVER, () -> "1")));
    }

    /** Those that set a value, but for {@code update}, whose function returns it. The key is "key". */
    static Stream<Calling<KvGroup<String>, String>> ofAValue() {
        return Stream.of(
                call("set", (group, value) -> group.set("key", value)),
                call("set with ttl", (group, value) -> group.set("key", value, Duration.ofDays(1))),
                call("set with expiry", (group, value) -> group.set("key", value, NEVER)),
                call("setAll", (group, value) -> group.setAll(Collections.singletonMap("key", value))),
                call(
                        "setAll with expiry",
                        (group, value) -> group.setAll(Collections.singletonMap("key", value), NEVER)),
                call("setIfAbsent", (group, value) -> group.setIfAbsent("key", value)),
                call("setIfAbsent with expiry", (group, value) -> group.setIfAbsent("key", value, NEVER)),
                call("getOrSet", (group, value) -> group.getOrSet("key", value, NEVER)),
                call("setIfPresent", (group, value) -> group.setIfPresent("key", value)),
                call("setIfPresent with expiry", (group, value) -> group.setIfPresent("key", value, NEVER)),
                call("compareAndSet", (group, value) -> group.compareAndSet("key", 1, value, NEVER)),
                call("getAndSet", (group, value) -> group.getAndSet("key", value, NEVER)));
    }

    /** Those that have an expiry. The key is "key". */
    static Stream<Calling<KvGroup<String>, Expiry>> ofAnExpiry() {
        return Stream.of(
                call("set", (group, expiry) -> group.set("key", "1", expiry)),
                call("setAll", (group, expiry) -> group.setAll(Collections.singletonMap("key", "1"), expiry)),
                call("setAll of nothing", (group, expiry) -> group.setAll(Collections.emptyMap(), expiry)),
                call("setIfAbsent", (group, expiry) -> group.setIfAbsent("key", "1", expiry)),
                call("getOrSet", (group, expiry) -> group.getOrSet("key", "1", expiry)),
                call("setIfPresent", (group, expiry) -> group.setIfPresent("key", "1", expiry)),
                call("compareAndSet", (group, expiry) -> group.compareAndSet("key", 1, "1", expiry)),
                call("getAndSet", (group, expiry) -> group.getAndSet("key", "1", expiry)),
                call("getAndExpire", (group, expiry) -> group.getAndExpire("key", expiry)),
                call("expire", (group, expiry) -> group.expire("key", expiry)),
                call("increment", (group, expiry) -> group.increment("key", 1, expiry)),
                call("update", (group, expiry) -> group.update("key", expiry, before -> Optional.of("1"))),
                call("getOrCompute", (group, expiry) -> group.getOrCompute("key", expiry, () -> "1")));
    }

    /** Those that have a range. */
    static Stream<Calling<KvGroup<String>, KvRange>> ofARange() {
        return Stream.of(
                call("count of a range", (group, range) -> group.count(range)),
                call("page", (group, range) -> group.page(range)),
                call("entries", (group, range) -> group.entries(range)),
                call("keys", (group, range) -> group.keys(range)),
                call("deleteAll of a range", (group, range) -> group.deleteAll(range)));
    }
}
