package dev.kvstore.contract;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A method that writes a value and an expiry to the entry "key". */
enum Writing {
    SET((kv, group, value, expiry) -> group.set("key", value, expiry)),
    SET_ALL((kv, group, value, expiry) -> group.setAll(Map.of("key", value), expiry)),
    SET_IF_ABSENT((kv, group, value, expiry) -> group.setIfAbsent("key", value, expiry)),
    GET_OR_SET((kv, group, value, expiry) -> group.getOrSet("key", value, expiry)),
    SET_IF_PRESENT((kv, group, value, expiry) -> group.setIfPresent("key", value, expiry)),
    COMPARE_AND_SET((kv, group, value, expiry) -> group.compareAndSet("key", seen(group), value, expiry)),
    GET_AND_SET((kv, group, value, expiry) -> group.getAndSet("key", value, expiry)),
    UPDATE((kv, group, value, expiry) -> group.update("key", expiry, before -> Optional.of(value))),
    BATCH((kv, group, value, expiry) ->
            kv.batch().set(group, "key", value, expiry).commit());

    /** How a method is called. */
    @FunctionalInterface
    private interface Call {

        void write(KvStore kv, KvGroup<Object> group, Object value, Expiry expiry);
    }

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Call call;

    Writing(Call call) {
        this.call = call;
    }

    private static long seen(KvGroup<?> group) {
        return group.entry("key").map(KvEntry::version).orElse(0L);
    }

    /** The methods that write to an entry that is absent. */
    static Stream<Writing> toAbsentEntries() {
        return Arrays.stream(values()).filter(way -> way != SET_IF_PRESENT);
    }

    /** The methods that write to a live entry. */
    static Stream<Writing> toLiveEntries() {
        return Arrays.stream(values()).filter(way -> way != SET_IF_ABSENT && way != GET_OR_SET);
    }

    void write(KvStore kv, KvGroup<Object> group, Object value, Expiry expiry) {
        call.write(kv, group, value, expiry);
    }
}
