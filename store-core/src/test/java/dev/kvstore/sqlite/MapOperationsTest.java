package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.kvstore.KvGroup;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group as a map, in short; the contract and Guava's suite say all of it. */
class MapOperationsTest {

    private final SqliteKvStore kv = SqliteKvStore.inMemory();
    private final KvGroup<String> group = kv.group("group");
    private final ConcurrentMap<String, String> map = group.asMap();

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void theMapIsALiveView() {
        assertThat(map).isEmpty();
        group.set("a", "1");
        assertThat(map.put("b", "2")).isNull();

        assertThat(map).hasSize(2).containsEntry("a", "1").containsKey("b").containsValue("2");
        assertThat(map.get("absent")).isNull();
        assertThat(map.getOrDefault("absent", "other")).isEqualTo("other");
        assertThat(map).isEqualTo(Map.of("a", "1", "b", "2")).hasSameHashCodeAs(Map.of("a", "1", "b", "2"));
        assertThat(map.toString()).doesNotContain("2");
        assertThat(map.remove("a")).isEqualTo("1");
        assertThat(group.getAll()).containsOnlyKeys("b");
        map.putAll(Map.of("c", "3"));
        map.clear();
        assertThat(group.count()).isZero();
    }

    @Test
    void conditionalChangesCompareValues() {
        assertThat(map.putIfAbsent("a", "1")).isNull();
        assertThat(map.putIfAbsent("a", "2")).isEqualTo("1");
        assertThat(map.replace("a", "2", "3")).isFalse();
        assertThat(map.replace("a", "1", "3")).isTrue();
        assertThat(map.replace("a", "4")).isEqualTo("3");
        assertThat(map.replace("absent", "4")).isNull();
        assertThat(map.remove("a", "1")).isFalse();
        assertThat(map.remove("a", "4")).isTrue();
    }

    @Test
    void functionsComputeValues() {
        assertThat(map.computeIfAbsent("a", key -> key + "1")).isEqualTo("a1");
        assertThat(map.computeIfPresent("a", (key, value) -> value + "2")).isEqualTo("a12");
        assertThat(map.computeIfPresent("absent", (key, value) -> value)).isNull();
        assertThat(map.compute("b", (key, value) -> value == null ? "new" : "old"))
                .isEqualTo("new");
        assertThat(map.merge("b", "2", String::concat)).isEqualTo("new2");
        assertThat(map.merge("b", "2", (old, given) -> null)).isNull();
        map.replaceAll((key, value) -> value + "!");
        assertThat(group.getAll()).isEqualTo(Map.of("a", "a12!"));
        assertThatNullPointerException().isThrownBy(() -> map.merge("a", "1", null));
    }

    @Test
    void theViewsOfAMapChangeIt() {
        map.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));

        assertThat(map.keySet()).containsExactly("a", "b", "c", "d");
        assertThat(map.values()).containsExactly("1", "2", "3", "4");
        map.entrySet().iterator().next().setValue("one");
        assertThat(group.get("a")).hasValue("one");
        assertThat(map.keySet().remove("a")).isTrue();
        assertThat(map.values().remove("2")).isTrue();
        assertThat(map.entrySet().remove(Map.entry("c", "3"))).isTrue();
        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        keys.remove();
        assertThat(map).isEmpty();
        map.putAll(Map.of("a", "1", "b", "2"));
        assertThat(map.keySet().removeAll(List.of("a"))).isTrue();
        assertThat(map.entrySet().retainAll(List.of())).isTrue();
        assertThat(map.keySet()).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> map.put("a", null));
    }

    @Test
    void theViewsOfAMapAreCollections() {
        map.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));

        assertThat(map.entrySet().contains(Map.entry("a", "1"))).isTrue();
        assertThat(map.entrySet().contains(Map.entry("a", "2"))).isFalse();
        assertThat(map.values().contains("2")).isTrue();
        assertThat(map.keySet().contains("absent")).isFalse();
        assertThat(map.entrySet()).hasSize(4);
        assertThat(map.entrySet().stream().map(Map.Entry::getValue)).containsExactly("1", "2", "3", "4");
        assertThat(map.values().stream()).hasSize(4);
        assertThat(map.entrySet().removeIf(entry -> entry.getKey().equals("a"))).isTrue();
        assertThat(map.values().removeIf("2"::equals)).isTrue();
        assertThat(map.values().remove("absent")).isFalse();
        assertThat(map.entrySet().toString() + map.values() + map.keySet()).doesNotContain("3");
        map.values().clear();
        assertThat(map.entrySet().isEmpty()).isTrue();
        map.put("a", "1");
        map.entrySet().clear();
        assertThat(map.values().isEmpty()).isTrue();
    }
}
