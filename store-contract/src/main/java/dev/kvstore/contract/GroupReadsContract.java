package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvNotFoundException;
import dev.kvstore.KvRange;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.EmptyResultDataAccessException;

/** A view of a group reads its entries, one, some or all of them. */
abstract class GroupReadsContract extends ContractPart {

    GroupReadsContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> everyReadReturnsTheValueThatWasSet() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            group.set("key", values.after());

            assertThat(group.get("key")).contains(values.after());
            assertThat(group.require("key")).isEqualTo(values.after());
            assertThat(values.entry().value()).isEqualTo(values.after());
            assertThat(group.contains("key")).isTrue();
            assertThat(group.getAll()).isEqualTo(Map.of("key", values.after()));
            assertThat(group.getAll(List.of("key"))).isEqualTo(Map.of("key", values.after()));
            assertThat(group.entries(KvRange.all()).map(KvEntry::value)).containsExactly(values.after());
        });
    }

    @Test
    void anAbsentEntryIsAbsentForEveryRead() {
        group.set("other", VALUE);

        assertThat(group.get("key")).isEmpty();
        assertThat(group.entry("key")).isEmpty();
        assertThat(group.contains("key")).isFalse();
        assertThat(group.getAll(List.of("key"))).isEmpty();
        assertThatExceptionOfType(KvNotFoundException.class)
                .isThrownBy(() -> group.require("key"))
                .withMessageContaining("group/key")
                .isInstanceOf(EmptyResultDataAccessException.class);
    }

    @Test
    void anEntryHasItsKeyValueVersionAndExpiry() {
        Instant end = Instant.parse("2026-01-02T00:00:00Z");
        group.set("other", VALUE);
        long version = group.compareAndSet("key", 0, VALUE, Expiry.at(end)).orElseThrow();

        assertThat(group.entry("key")).contains(new KvEntry<>("key", VALUE, version, Optional.of(end)));
    }

    @Test
    void aViewKnowsItsName() {
        assertThat(group.name()).isEqualTo("group");
        assertThat(kv.group("").name()).isEmpty();
    }

    @Test
    void aViewCanBeKeptAndAllViewsShowTheSameEntries() {
        KvGroup<String> other = kv.group("group");
        group.set("key", "first");
        assertThat(other.get("key")).contains("first");

        kv.set("group", "key", "second");
        assertThat(group.get("key")).contains("second");
        assertThat(other.getAll()).isEqualTo(kv.getAll("group"));

        kv.deleteGroup("group");
        assertThat(other.count()).isZero();
        group.set("key", "third");
        assertThat(kv.require("group", "key")).isEqualTo("third");
    }

    @Test
    void groupsAreIndependent() {
        KvGroup<String> other = kv.group("group ");
        group.set("key", "in group");
        other.set("key", "in the other");
        other.set("more", "in the other");

        assertThat(group.getAll()).isEqualTo(Map.of("key", "in group"));
        assertThat(group.getAll(List.of("key", "more"))).isEqualTo(Map.of("key", "in group"));
        assertThat(group.count()).isEqualTo(1);
        assertThat(group.count(KvRange.prefix("m"))).isZero();
        assertThat(group.keys(KvRange.all())).containsExactly("key");
        assertThat(group.contains("more")).isFalse();
    }

    @Test
    void getAllIsInTheOrderOfTheKeysAndUnmodifiable() {
        Map<String, String> some = new HashMap<>();
        for (String key : List.of("", "!", "10", "9", "B", "a", "a\u0000", "aa", "é", "漢", "Ａ", "🎉")) {
            some.put(key, key.length() == 1 ? Values.LARGE + key : "value of " + key);
        }
        group.setAll(some);
        group.set("not asked for", VALUE);

        Map<String, String> all = group.getAll();
        Map<String, String> asked = group.getAll(some.keySet());

        assertThat(asked.keySet()).containsExactly("", "!", "10", "9", "B", "a", "a\u0000", "aa", "é", "漢", "Ａ", "🎉");
        assertThat(asked).isEqualTo(some);
        assertThat(all.keySet())
                .containsExactly("", "!", "10", "9", "B", "a", "a\u0000", "aa", "not asked for", "é", "漢", "Ａ", "🎉");
        for (Map<String, String> map : List.of(all, asked, group.getAll(List.of()))) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put("x", VALUE));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.remove("!"));
        }
    }

    @Test
    void getAllOfKeysReturnsTheLiveOnesEachOnce() {
        group.set("b", "of b");
        group.set("a", Values.LARGE);
        group.set("expired", VALUE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.getAll(List.of("b", "absent", "a", "b", "expired")))
                .isEqualTo(Map.of("a", Values.LARGE, "b", "of b"));
        assertThat(group.getAll(List.of("absent"))).isEmpty();
        assertThat(group.getAll(List.of())).isEmpty();
    }

    @Test
    void getAllOfManyKeysReturnsAllOfThem() {
        List<String> keys =
                IntStream.range(0, 300).mapToObj("key %03d"::formatted).toList();
        Map<String, String> entries = new HashMap<>();
        keys.forEach(key -> entries.put(key, key.endsWith("7") ? Values.LARGE + key : "of " + key));
        group.setAll(entries);

        for (int count : new int[] {1, 63, 64, 65, 127, 128, 129, 299, 300}) {
            assertThat(group.getAll(keys.subList(0, count)).keySet()).containsExactlyElementsOf(keys.subList(0, count));
        }
        assertThat(group.getAll(keys)).isEqualTo(entries);
    }

    @Test
    void getAllTakesAtMost10000Keys() {
        List<String> most = IntStream.range(0, 10_000).mapToObj(i -> "key " + i).toList();
        List<String> tooMany =
                IntStream.range(0, 10_001).mapToObj(i -> "key " + i).toList();
        group.set("key 9999", VALUE);

        assertThat(group.getAll(most)).containsOnlyKeys("key 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.getAll(tooMany))
                .withMessageContaining("10001")
                .withMessageContaining("10000");
    }

    @Test
    void keysThatAreNamedAgainCountOnce() {
        group.set("key", VALUE);

        assertThat(group.getAll(Collections.nCopies(10_001, "key"))).containsOnlyKeys("key");
    }

    @Test
    void countCountsAllEntriesOrThoseOfARange() {
        group.setAll(Map.of("a", "1", "b", Values.LARGE, "c", "3"));

        assertThat(group.count()).isEqualTo(3);
        assertThat(group.count(KvRange.all())).isEqualTo(3);
        assertThat(group.count(KvRange.between("a", "c"))).isEqualTo(2);
        assertThat(group.count(KvRange.prefix("d"))).isZero();
    }
}
