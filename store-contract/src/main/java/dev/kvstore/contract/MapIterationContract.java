package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys, values and entries of {@code asMap} are read page by page, and can be removed and set. */
@NullUnmarked
abstract class MapIterationContract extends ContractPart {

    /** More than two pages. */
    private static final int MANY = 2_500;

    private ConcurrentMap<String, String> map;

    MapIterationContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void view() {
        map = group.asMap();
    }

    private static String key(int number) {
        return "key %04d".formatted(number);
    }

    private void fill(int count) {
        map.putAll(IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(MapIterationContract::key, number -> "value " + number)));
    }

    @Test
    void allEntriesComeInTheOrderOfTheirUtf8Bytes() {
        fill(MANY);
        map.put("\uFFFD", VALUE);
        map.put("\uD83C\uDF89", VALUE);

        List<String> keys = List.copyOf(map.keySet());

        assertThat(keys).hasSize(MANY + 2).startsWith(key(0), key(1)).endsWith("\uFFFD", "\uD83C\uDF89");
        assertThat(map.entrySet().stream().map(Map.Entry::getKey)).isEqualTo(keys);
        assertThat(map.values()).hasSize(MANY + 2).startsWith("value 0", "value 1");
        assertThat(map.size()).isEqualTo(MANY + 2);
    }

    @Test
    void changesDuringAnIterationAreNoError() {
        fill(MANY);
        List<String> seen = new ArrayList<>();

        int number = 0;
        for (String key : map.keySet()) {
            seen.add(key);
            if (number++ % 100 == 0) {
                map.remove(key);
                map.put(key + " new", VALUE);
                map.put("before all", VALUE);
            }
        }

        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.range(0, MANY)
                        .mapToObj(MapIterationContract::key)
                        .toList());
    }

    @Test
    void aStreamHasNoSizeThatCouldBecomeWrong() {
        fill(MANY);

        assertThat(map.keySet().stream().peek(addingAtFirst("z")).toArray()).hasSize(MANY + 1);
        assertThat(map.values().stream().peek(addingAtFirst("zz")).toArray()).hasSize(MANY + 2);
        assertThat(map.entrySet().stream().peek(addingAtFirst("zzz")).toArray()).hasSize(MANY + 3);
    }

    private Consumer<Object> addingAtFirst(String key) {
        AtomicBoolean added = new AtomicBoolean();
        return read -> {
            if (!added.getAndSet(true)) {
                map.put(key, VALUE);
            }
        };
    }

    @Test
    void anIteratorRemovesWhatItReturned() {
        fill(6);

        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        keys.remove();
        assertThatIllegalStateException().isThrownBy(keys::remove);
        Iterator<String> values = map.values().iterator();
        values.next();
        values.remove();
        Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
        assertThatIllegalStateException().isThrownBy(entries::remove);
        entries.next();
        entries.remove();

        assertThat(group.getAll()).containsOnlyKeys(key(3), key(4), key(5));
    }

    @Test
    void anIteratorOfValuesRemovesNoEntryThatHasChangedSince() {
        fill(2);

        Iterator<String> values = map.values().iterator();
        values.next();
        group.set(key(0), "changed");
        values.remove();
        Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
        entries.next();
        group.set(key(0), "changed again");
        entries.remove();

        assertThat(map).containsEntry(key(0), "changed again").hasSize(2);
    }

    @Test
    void anEntryCanBeSetAndRemovedAfterwards() {
        group.set("key", "before", Duration.ofSeconds(1));
        Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
        Map.Entry<String, String> entry = entries.next();

        assertThat(entry.setValue(VALUE)).isEqualTo("before");
        assertThat(entry.getValue()).isEqualTo(VALUE);
        clock.advance(Duration.ofSeconds(2));
        assertThat(group.get("key")).contains(VALUE);

        entries.remove();
        assertThat(map).isEmpty();
    }

    @Test
    void removeIfRemovesWhatTheFilterTakesUnlessItHasChangedSince() {
        fill(MANY);

        assertThat(map.keySet().removeIf(key -> key.compareTo(key(2_000)) >= 0)).isTrue();
        assertThat(map.values().removeIf(value -> value.equals("value 7"))).isTrue();
        assertThat(map.entrySet().removeIf(entry -> entry.getKey().equals(key(8))))
                .isTrue();
        assertThat(map.values().removeIf(value -> false)).isFalse();
        assertThat(map.values().removeIf(value -> {
                    if (value.equals("value 9")) {
                        group.set(key(9), "changed");
                        return true;
                    }
                    return false;
                }))
                .isFalse();

        assertThat(map).hasSize(1_998).doesNotContainKeys(key(7), key(8)).containsEntry(key(9), "changed");
    }

    @Test
    void collectionsAnswerAndChangeTheGroup() {
        fill(5);

        assertThat(map.keySet().contains(key(1))).isTrue();
        assertThat(map.values().contains("value 1")).isTrue();
        assertThat(map.entrySet().contains(Map.entry(key(1), "value 1"))).isTrue();
        assertThat(map.entrySet().contains(Map.entry(key(1), "value 2"))).isFalse();
        assertThat(map.keySet().remove(key(0))).isTrue();
        assertThat(map.keySet().remove(key(0))).isFalse();
        assertThat(map.values().remove("value 1")).isTrue();
        assertThat(map.values().remove("value 1")).isFalse();
        assertThat(map.entrySet().remove(Map.entry(key(2), "other"))).isFalse();
        assertThat(map.entrySet().remove(Map.entry(key(2), "value 2"))).isTrue();
        assertThat(map.keySet().retainAll(List.of(key(3)))).isTrue();

        assertThat(group.getAll()).containsOnlyKeys(key(3));
        map.values().clear();
        assertThat(map).isEmpty();
    }
}
