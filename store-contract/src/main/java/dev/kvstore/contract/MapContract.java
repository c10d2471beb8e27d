package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.kvstore.Expiry;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

/** {@code asMap} is a live view whose methods are atomic. {@link MapIterationContract} has its collections. */
@NullUnmarked
abstract class MapContract extends ContractPart {

    private ConcurrentMap<String, String> map;

    MapContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void view() {
        map = group.asMap();
    }

    @Test
    void theMapShowsTheGroupAsItIs() {
        assertThat(map).isEmpty();
        group.set("key", VALUE);
        group.set("expiring", VALUE, Duration.ofSeconds(1));

        assertThat(map).hasSize(2).containsEntry("key", VALUE).containsKey("expiring");
        clock.advance(Duration.ofSeconds(2));
        assertThat(map).hasSize(1).doesNotContainKey("expiring");
        assertThat(map.containsValue(VALUE)).isTrue();
        assertThat(map.getOrDefault("expiring", "default")).isEqualTo("default");

        map.put("key", "new");
        assertThat(group.get("key")).contains("new");
        map.clear();
        assertThat(group.count()).isZero();
    }

    @Test
    void whatIsWrittenDoesNotExpire() {
        Map<String, Consumer<ConcurrentMap<String, String>>> writes = Map.of(
                "put", map -> map.put("put", VALUE),
                "putAll", map -> map.putAll(Map.of("putAll", VALUE)),
                "replace", map -> map.replace("replace", VALUE),
                "replace if equal", map -> map.replace("replace if equal", "before", VALUE),
                "compute", map -> map.compute("compute", (key, old) -> VALUE),
                "computeIfPresent", map -> map.computeIfPresent("computeIfPresent", (key, old) -> VALUE),
                "merge", map -> map.merge("merge", VALUE, (old, value) -> value),
                "replaceAll", map -> map.replaceAll((key, old) -> key.equals("replaceAll") ? VALUE : old));
        writes.forEach((key, write) -> {
            group.set(key, "before", Duration.ofSeconds(1));
            write.accept(map);
            assertThat(group.entry(key).orElseThrow().expiresAt()).as(key).isEmpty();
        });
        map.putIfAbsent("putIfAbsent", VALUE);
        map.computeIfAbsent("computeIfAbsent", key -> VALUE);

        clock.advance(Duration.ofSeconds(2));

        assertThat(map)
                .hasSize(writes.size() + 2)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(VALUE));
    }

    @Test
    void anExpiredEntryIsAbsent() {
        for (String key : List.of("get", "putIfAbsent", "put", "replace", "remove", "compute", "merge")) {
            group.set(key, "expired", Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(2));

        assertThat(map.get("get")).isNull();
        assertThat(map.putIfAbsent("putIfAbsent", VALUE)).isNull();
        assertThat(map.put("put", VALUE)).isNull();
        assertThat(map.replace("replace", VALUE)).isNull();
        assertThat(map.replace("replace", "expired", VALUE)).isFalse();
        assertThat(map.remove("remove")).isNull();
        assertThat(map.remove("remove", "expired")).isFalse();
        assertThat(map.compute("compute", (key, old) -> old + VALUE)).isEqualTo("null" + VALUE);
        assertThat(map.merge("merge", VALUE, (old, value) -> old + value)).isEqualTo(VALUE);
        assertThat(map).containsOnlyKeys("putIfAbsent", "put", "compute", "merge");
    }

    @Test
    void whatChangesNothingWritesNothing() {
        group.set("key", VALUE, Duration.ofSeconds(1));
        long version = group.entry("key").orElseThrow().version();

        assertThat(map.putIfAbsent("key", "other")).isEqualTo(VALUE);
        assertThat(map.computeIfAbsent("key", key -> "other")).isEqualTo(VALUE);
        assertThat(map.replace("key", "other", "new")).isFalse();
        assertThat(map.remove("key", "other")).isFalse();
        assertThat(map.computeIfAbsent("absent", key -> null)).isNull();
        assertThat(map.computeIfPresent("absent", (key, old) -> VALUE)).isNull();
        assertThat(map.compute("absent", (key, old) -> null)).isNull();
        assertThat(map.replace("absent", VALUE)).isNull();

        assertThat(group.entry("key").orElseThrow().version()).isEqualTo(version);
        assertThat(map).hasSize(1);
    }

    @Test
    void aFunctionThatReturnsNullDeletes() {
        map.putAll(Map.of("1", VALUE, "2", VALUE, "3", VALUE, "4", VALUE));

        assertThat(map.compute("1", (key, old) -> null)).isNull();
        assertThat(map.computeIfPresent("2", (key, old) -> null)).isNull();
        assertThat(map.merge("3", VALUE, (old, value) -> null)).isNull();

        assertThat(group.getAll()).containsOnlyKeys("4");
    }

    @Test
    void nothingIsLostWhenManyThreadsComputeOneEntry() throws Exception {
        try (Callers callers = new Callers()) {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(callers.submit(() -> {
                    for (int n = 0; n < 10; n++) {
                        map.merge("merged", "x", String::concat);
                        map.compute("computed", (key, old) -> old == null ? "x" : old + "x");
                    }
                    return map.putIfAbsent("first", Thread.currentThread().getName());
                }));
            }
            assertThat(results).extracting(Future::get).containsOnlyOnce((String) null);
        }
        assertThat(map.get("merged")).hasSize(40);
        assertThat(map.get("computed")).hasSize(40);
    }

    @Test
    void aFunctionRunsAgainIfSomebodyElseWasFasterAndMayCallTheStore() {
        group.set("key", "1");
        AtomicInteger runs = new AtomicInteger();
        Function<String, String> overtaken = old -> {
            if (runs.incrementAndGet() == 1) {
                group.set("key", "2");
            }
            return old + "+";
        };

        assertThat(map.compute("key", (key, old) -> overtaken.apply(old))).isEqualTo("2+");
        assertThat(runs).hasValue(2);
        runs.set(0);
        assertThat(map.merge("key", "", (old, value) -> overtaken.apply(old))).isEqualTo("2+");
        assertThat(runs).hasValue(2);
        assertThat(map.computeIfAbsent("new", key -> {
                    group.set("new", "winner");
                    return "loser";
                }))
                .isEqualTo("winner");
    }

    @Test
    void aHundredDefeatsAreAnError() {
        AtomicInteger runs = new AtomicInteger();

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> map.compute("key", (key, old) -> {
                    group.set("key", "other " + runs.incrementAndGet());
                    return VALUE;
                }))
                .withMessageContaining("group/key")
                .withMessageNotContaining(VALUE);
        assertThat(runs).hasValue(100);
        assertThat(group.get("key")).contains("other 100");
    }

    @Test
    void nullIsANullPointerException() {
        Stream.<ThrowingCallable>of(
                        () -> map.get(null),
                        () -> map.containsKey(null),
                        () -> map.containsValue(null),
                        () -> map.put(null, VALUE),
                        () -> map.put("key", null),
                        () -> map.putAll(new HashMap<>(java.util.Collections.singletonMap("key", null))),
                        () -> map.putIfAbsent(null, VALUE),
                        () -> map.putIfAbsent("key", null),
                        () -> map.remove(null),
                        () -> map.remove(null, VALUE),
                        () -> map.remove("key", null),
                        () -> map.replace(null, VALUE),
                        () -> map.replace("key", null),
                        () -> map.replace("key", null, VALUE),
                        () -> map.replace("key", VALUE, null),
                        () -> map.compute(null, (key, old) -> VALUE),
                        () -> map.compute("key", null),
                        () -> map.computeIfAbsent(null, key -> VALUE),
                        () -> map.computeIfAbsent("key", null),
                        () -> map.computeIfPresent(null, (key, old) -> VALUE),
                        () -> map.computeIfPresent("key", null),
                        () -> map.merge(null, VALUE, (old, value) -> VALUE),
                        () -> map.merge("key", null, (old, value) -> VALUE),
                        () -> map.merge("key", VALUE, null))
                .forEach(call -> assertThatNullPointerException().isThrownBy(call));
        assertThat(map).isEmpty();
    }

    @Test
    void aKeyOfAnotherTypeIsAbsent() {
        group.set("1", VALUE);

        assertThat(map.get((Object) 1)).isNull();
        assertThat(map.containsKey((Object) 1)).isFalse();
        assertThat(map.remove((Object) 1)).isNull();
        assertThat(map.remove(1, VALUE)).isFalse();
        assertThat(map.containsValue((Object) 1)).isFalse();
        assertThat(map).hasSize(1);
    }

    @Test
    void invalidUnicodeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> map.get("\uD83C"));
        assertThatIllegalArgumentException().isThrownBy(() -> map.remove("\uD83C"));
        assertThatIllegalArgumentException().isThrownBy(() -> map.put("\uD83C", VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> map.put("key", "\uD83C"));
    }

    @Test
    void bytesAreComparedByTheirContents() {
        KvGroup<byte[]> bytes = kv.group("bytes", byte[].class);
        ConcurrentMap<String, byte[]> ofBytes = bytes.asMap();
        ofBytes.put("key", new byte[] {1, 2});

        assertThat(ofBytes.containsValue(new byte[] {1, 2})).isTrue();
        assertThat(ofBytes.values().contains(new byte[] {1, 2})).isTrue();
        assertThat(ofBytes.entrySet().contains(Map.entry("key", new byte[] {1, 2})))
                .isTrue();
        assertThat(ofBytes.equals(bytes.asMap())).isTrue();
        assertThat(ofBytes.hashCode()).isEqualTo(bytes.asMap().hashCode());
        assertThat(ofBytes.remove("key", new byte[] {1})).isFalse();
        assertThat(ofBytes.replace("key", new byte[] {1}, new byte[] {3})).isFalse();
        assertThat(ofBytes.replace("key", new byte[] {1, 2}, new byte[] {3})).isTrue();
        assertThat(ofBytes.remove("key", new byte[] {3})).isTrue();
        assertThat(ofBytes).isEmpty();
    }

    @Test
    void noTextContainsAValue() {
        map.put("key", VALUE);

        for (Object view : List.of(
                map,
                map.keySet(),
                map.values(),
                map.entrySet(),
                map.entrySet().iterator().next())) {
            assertThat(view.toString()).isNotEmpty().doesNotContain(VALUE);
        }
    }

    @Test
    void aMapEqualsEachMapWithTheSameEntries() {
        map.putAll(Map.of("1", "one", "2", "two"));

        assertThat(map.equals(Map.of("1", "one", "2", "two"))).isTrue();
        assertThat(Map.of("1", "one", "2", "two").equals(map)).isTrue();
        assertThat(map.hashCode()).isEqualTo(Map.of("1", "one", "2", "two").hashCode());
        assertThat(map.equals(Map.of("1", "one"))).isFalse();
        assertThat(map.equals(Map.of("1", "one", "2", "two", "3", "three"))).isFalse();
        assertThat(map.equals(Map.of("1", "one", "2", "other"))).isFalse();
    }

    @Test
    void aClosedStoreIsAnError() {
        group.set("key", VALUE, Expiry.never());
        contract.closeStore(kv);

        Stream.<ThrowingCallable>of(
                        map::size,
                        map::isEmpty,
                        map::clear,
                        () -> map.get("key"),
                        () -> map.put("key", VALUE),
                        () -> map.putIfAbsent("key", VALUE),
                        () -> map.remove("key"),
                        () -> map.remove("key", VALUE),
                        () -> map.merge("key", VALUE, String::concat),
                        () -> map.keySet().iterator(),
                        () -> map.values().contains(VALUE),
                        () -> map.entrySet().size())
                .forEach(call ->
                        assertThatExceptionOfType(KvClosedException.class).isThrownBy(call));
    }
}
