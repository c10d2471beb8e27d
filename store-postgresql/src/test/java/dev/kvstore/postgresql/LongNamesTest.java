package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.engine.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Names that no index can contain as a whole are read, listed and paged like others, in the order of all their bytes.
 */
class LongNamesTest extends StoreTest {

    private static final String START = "n".repeat(994);

    private final Random random = new Random(1);

    /** Neither the server nor a shorter form can compress it. */
    private String randomName(int length) {
        StringBuilder name = new StringBuilder(length);
        while (name.length() < length) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private NavigableSet<String> namesThatBeginAlike() {
        TreeSet<String> names = new TreeSet<>(Utf8::compare);
        List<String> middles = List.of("", "x", "xx", "xxx", "é", "🎉", "x🎉", "xx\uFFFD", "\0", "\u0001");
        for (String middle : middles) {
            names.add(START + middle);
            for (int i = 0; i < 5; i++) {
                names.add(START + middle + randomName(3_000));
            }
        }
        names.add("first");
        names.add("z last");
        return names;
    }

    @Test
    void randomNamesOfAnyAllowedLengthAreRead() {
        for (int length : new int[] {900, 1_000, 1_001, 2_704, 3_000, 65_536}) {
            String group = randomName(length);
            String key = randomName(length);
            kv.set(group, key, "value of " + length);

            assertThat(kv.get(group, key)).contains("value of " + length);
            assertThat(kv.get(group, key.substring(1))).isEmpty();
            assertThat(kv.getAll(group)).containsExactly(Map.entry(key, "value of " + length));
        }
        assertThat(kv.groups("")).hasSize(6);
    }

    @Test
    void keysThatBeginAlikeAreInTheOrderOfTheirBytes() {
        NavigableSet<String> names = namesThatBeginAlike();
        names.forEach(name -> kv.set("group", name, "value"));

        assertThat(kv.getAll("group").keySet()).containsExactlyElementsOf(names);
        assertThat(kv.group("group").getAll(names).keySet()).containsExactlyElementsOf(names);
        assertThat(kv.group("group").keys(KvRange.all())).containsExactlyElementsOf(names);
        assertThat(kv.group("group").keys(KvRange.all().reversed())).containsExactlyElementsOf(names.descendingSet());
    }

    @Test
    void pagesOfAnySizeContainEachKeyOnce() {
        NavigableSet<String> names = namesThatBeginAlike();
        names.forEach(name -> kv.set("group", name, "value"));

        for (int size : new int[] {1, 2, 3, 7}) {
            assertThat(keysOfPages(KvRange.all().limit(size))).containsExactlyElementsOf(names);
            assertThat(keysOfPages(KvRange.all().reversed().limit(size)))
                    .containsExactlyElementsOf(names.descendingSet());
        }
    }

    private List<String> keysOfPages(KvRange first) {
        KvGroup<String> group = kv.group("group");
        List<String> keys = new ArrayList<>();
        Optional<KvRange> range = Optional.of(first);
        while (range.isPresent()) {
            KvPage<String> page = group.page(range.get());
            page.entries().stream().map(KvEntry::key).forEach(keys::add);
            range = page.next();
        }
        return keys;
    }

    @Test
    void rangesAreExact() {
        TreeMap<String, String> entries = new TreeMap<>(Utf8::compare);
        namesThatBeginAlike().forEach(name -> entries.put(name, "value"));
        KvGroup<String> group = kv.group("group");
        group.setAll(entries);

        List<String> names = List.copyOf(entries.keySet());
        for (int i = 0; i < names.size(); i += 3) {
            for (int j = i; j < names.size(); j += 5) {
                KvRange range = KvRange.between(names.get(i), names.get(j));
                assertThat(group.keys(range)).containsExactlyElementsOf(names.subList(i, j));
                assertThat(group.count(range)).isEqualTo(j - i);
            }
        }
        assertThat(group.deleteAll(KvRange.between(names.get(3), names.get(9)))).isEqualTo(6);
        assertThat(group.keys(KvRange.all()))
                .hasSize(names.size() - 6)
                .doesNotContainAnyElementsOf(names.subList(3, 9));
    }

    @Test
    void groupsThatBeginAlikeAreListedOnceInTheOrderOfTheirBytes() {
        NavigableSet<String> names = namesThatBeginAlike();
        names.forEach(name -> kv.set(name, "key", "value"));

        assertThat(kv.groups("")).containsExactlyElementsOf(names);
        assertThat(kv.groups(START)).containsExactlyElementsOf(names.subSet(START, names.last()));
    }
}
