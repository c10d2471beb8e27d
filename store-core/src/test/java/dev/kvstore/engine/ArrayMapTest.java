package dev.kvstore.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map over arrays is a map. */
class ArrayMapTest {

    private static Map<String, Integer> numbers(int count) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            numbers.put("key " + (i * 31 % count), i);
        }
        return numbers;
    }

    private static <V> ArrayMap<V> copy(Map<String, V> map) {
        ArrayMap.Builder<V> builder = new ArrayMap.Builder<>(0);
        map.forEach(builder::add);
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 1_000, 10_000})
    void aMapIsEqualToOneOfTheSameEntriesInTheSameOrder(int count) {
        Map<String, Integer> numbers = numbers(count);

        Map<String, Integer> copy = copy(numbers);

        assertThat(copy).isEqualTo(numbers).hasSameHashCodeAs(numbers).hasSize(count);
        assertThat(numbers).isEqualTo(copy);
        assertThat(List.copyOf(copy.keySet())).isEqualTo(List.copyOf(numbers.keySet()));
        assertThat(List.copyOf(copy.values())).isEqualTo(List.copyOf(numbers.values()));
        List<String> visited = new ArrayList<>();
        copy.forEach((key, value) -> visited.add(key + value));
        assertThat(visited).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1_000})
    @SuppressWarnings("CollectionIncompatibleType") // asks for keys of another type on purpose
    void eachKeyIsFoundAndNoOther(int count) {
        Map<String, Integer> copy = copy(numbers(count));

        numbers(count).forEach((key, value) -> {
            assertThat(copy.get(key)).isEqualTo(value);
            assertThat(copy.containsKey(key)).isTrue();
            assertThat(copy.entrySet().contains(Map.entry(key, value))).isTrue();
            assertThat(copy.entrySet().contains(Map.entry(key, -1))).isFalse();
        });
        assertThat(copy.get("other")).isNull();
        assertThat(copy.containsKey("other")).isFalse();
        assertThat(copy.containsKey(7)).isFalse();
        assertThat(copy.entrySet().contains("key 0")).isFalse();
    }

    @Test
    void keysWithOneHashAreDistinct() {
        Map<String, Integer> colliding = Map.of("AaAa", 1, "BBBB", 2, "AaBB", 3, "BBAa", 4);

        assertThat(copy(colliding)).isEqualTo(colliding);
        assertThat(copy(colliding).get("BBAa")).isEqualTo(4);
    }

    @Test
    void nothingCanBeChanged() {
        Map<String, Integer> copy = copy(numbers(3));
        Iterator<Map.Entry<String, Integer>> entries = copy.entrySet().iterator();
        Map.Entry<String, Integer> first = entries.next();

        assertThatThrownBy(() -> copy.put("key 0", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> first.setValue(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(entries::remove).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anIteratorEnds() {
        Iterator<Map.Entry<String, Integer>> entries =
                copy(numbers(1)).entrySet().iterator();
        entries.next();

        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aBuilderReplacesAndForgets() {
        ArrayMap.Builder<Integer> builder = new ArrayMap.Builder<>(1);
        int first = builder.add("a", 1);
        builder.add("b", 2);
        builder.add("c", 3);

        builder.set(first, 7);
        builder.truncate(2);

        assertThat(builder.size()).isEqualTo(2);
        assertThat(builder.build()).containsExactly(Map.entry("a", 7), Map.entry("b", 2));
    }
}
