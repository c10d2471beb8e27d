package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys of any text are ordered by their UTF-8 bytes, and ranges are exact for all of them. */
abstract class KeyOrderContract extends ContractPart {

    private static final Comparator<String> BY_BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    /** The greatest code point: no key follows all of those that begin with it. */
    private static final String GREATEST = Character.toString(0x10FFFF);

    /** The least code point that is a surrogate pair in Java. */
    private static final String LEAST_PAIR = Character.toString(0x10000);

    private static final List<String> HOSTILE = List.of(
            "",
            "\0",
            "\0\0",
            "\0a",
            " ",
            "%",
            "A",
            "_",
            "a",
            "a\0",
            "a\0\0",
            "a\0b",
            "a\u0001",
            "aa",
            "a" + GREATEST,
            "a" + GREATEST + GREATEST,
            "b",
            "\u007F",
            "\u0080",
            "é",
            "e\u0301",
            "\u07FF",
            "\u0800",
            "\uD7FF",
            "\uD7FF" + GREATEST,
            "\uE000",
            "\uFEFF",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uFFFF\uFFFF",
            "\uFFFF" + LEAST_PAIR,
            LEAST_PAIR,
            LEAST_PAIR + "\0",
            "🎉",
            Character.toString(0x10FFFE),
            GREATEST,
            GREATEST + "\0",
            GREATEST + "a",
            GREATEST + "\uFFFF",
            GREATEST + GREATEST,
            GREATEST + GREATEST + GREATEST);

    KeyOrderContract(KvStoreContract contract) {
        super(contract);
    }

    private NavigableSet<String> set(List<String> keys) {
        group.setAll(
                keys.stream().distinct().collect(Collectors.toMap(Function.identity(), KeyOrderContract::valueOf)));
        NavigableSet<String> sorted = new TreeSet<>(BY_BYTES);
        sorted.addAll(keys);
        return sorted;
    }

    private static String valueOf(String key) {
        return key.length() % 3 == 2 ? Values.LARGE + key : "value of " + key;
    }

    private void assertKeys(KvRange range, NavigableSet<String> keys) {
        assertThat(group.keys(range)).as("%s", range).containsExactlyElementsOf(keys);
        assertThat(group.entries(range.reversed()).map(KvEntry::key))
                .as("%s reversed", range)
                .containsExactlyElementsOf(keys.descendingSet());
        assertThat(group.count(range)).as("count %s", range).isEqualTo(keys.size());
        int limit = Math.max(1, keys.size() / 2);
        assertThat(group.page(range.limit(limit)).entries().stream().map(KvEntry::key))
                .as("page %s", range)
                .containsExactlyElementsOf(keys.stream().limit(limit).toList());
    }

    private static NavigableSet<String> startingWith(String prefix, NavigableSet<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_BYTES)));
    }

    @Test
    void everyKeyIsFoundAndReturnedExactly() {
        NavigableSet<String> keys = set(HOSTILE);

        assertThat(group.getAll().keySet()).containsExactlyElementsOf(keys);
        assertThat(group.getAll(HOSTILE).keySet()).containsExactlyElementsOf(keys);
        assertThat(group.entries(KvRange.all()))
                .allSatisfy(entry -> assertThat(entry.value()).isEqualTo(valueOf(entry.key())));
        for (String key : HOSTILE) {
            assertThat(group.require(key)).isEqualTo(valueOf(key));
            assertThat(group.entry(key).orElseThrow().key()).isEqualTo(key);
        }
    }

    @Test
    void everyKeyIsABoundOfARange() {
        NavigableSet<String> keys = set(HOSTILE);

        for (String key : HOSTILE) {
            assertKeys(KvRange.all().from(key), keys.tailSet(key, true));
            assertKeys(KvRange.all().after(key), keys.tailSet(key, false));
            assertKeys(KvRange.all().before(key), keys.headSet(key, false));
            assertKeys(KvRange.prefix(key), startingWith(key, keys));
        }
    }

    @Test
    void aPrefixOfTheGreatestCodePointsHasNoEnd() {
        NavigableSet<String> keys = set(HOSTILE);

        assertKeys(KvRange.prefix(GREATEST), startingWith(GREATEST, keys));
        assertKeys(KvRange.prefix(GREATEST + GREATEST), startingWith(GREATEST + GREATEST, keys));
        assertKeys(KvRange.prefix("a" + GREATEST), startingWith("a" + GREATEST, keys));
        assertThat(group.deleteAll(KvRange.prefix(GREATEST))).isEqualTo(6);
        assertThat(group.keys(KvRange.all())).doesNotContain(GREATEST).contains(Character.toString(0x10FFFE));
    }

    @Test
    void surrogatePairsComeAfterAllOtherCharacters() {
        set(List.of("\uE000", "\uFFFF", LEAST_PAIR, GREATEST, "\uD7FF"));

        assertThat(group.keys(KvRange.all())).containsExactly("\uD7FF", "\uE000", "\uFFFF", LEAST_PAIR, GREATEST);
        assertThat(group.keys(KvRange.all().after("\uFFFF"))).containsExactly(LEAST_PAIR, GREATEST);
        assertThat(group.keys(KvRange.all().before(LEAST_PAIR))).containsExactly("\uD7FF", "\uE000", "\uFFFF");
        assertThat(group.keys(KvRange.between("\uD7FF", "\uE001"))).containsExactly("\uD7FF", "\uE000");
        assertThat(group.keys(KvRange.all().reversed().limit(2))).containsExactly(GREATEST, LEAST_PAIR);
    }

    @Test
    void thePrefixBeforeTheSurrogatesEndsBehindThem() {
        set(List.of("\uD7FF", "\uD7FFa", "\uE000"));

        assertThat(group.keys(KvRange.prefix("\uD7FF"))).containsExactly("\uD7FF", "\uD7FFa");
    }

    @Test
    void nothingIsBetweenAKeyAndTheSameKeyWithANul() {
        set(List.of("a", "a\0", "a\0\0", "b"));

        assertThat(group.keys(KvRange.all().after("a"))).containsExactly("a\0", "a\0\0", "b");
        assertThat(group.keys(KvRange.between("a", "a\0"))).containsExactly("a");
        assertThat(group.deleteAll(KvRange.between("a", "a\0"))).isEqualTo(1);
        assertThat(group.keys(KvRange.all())).containsExactly("a\0", "a\0\0", "b");
    }

    @Test
    void pagesOfOneEntryVisitEveryKeyOnceInBothDirections() {
        NavigableSet<String> keys = set(HOSTILE);

        assertThat(visited(KvRange.all().limit(1))).containsExactlyElementsOf(keys);
        assertThat(visited(KvRange.all().reversed().limit(1))).containsExactlyElementsOf(keys.descendingSet());
    }

    private List<String> visited(KvRange first) {
        List<String> visited = new ArrayList<>();
        KvRange range = first;
        while (range != null) {
            var page = group.page(range);
            page.entries().forEach(entry -> visited.add(entry.key()));
            range = page.next().orElse(null);
        }
        return visited;
    }

    @Test
    void rangesOf3000RandomKeysAreExact() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        NavigableSet<String> keys = set(random.ints(3_000, 0, Character.MAX_CODE_POINT + 1)
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? point + 0x800 : point)
                .mapToObj(point -> Character.toString(random.nextBoolean() ? point : point % 0x300))
                .map(key -> random.nextInt(4) == 0 ? GREATEST + key : key)
                .toList());
        List<String> bounds = List.copyOf(keys);

        assertThat(group.keys(KvRange.all())).as("seed %d", seed).containsExactlyElementsOf(keys);
        for (int i = 0; i < 50; i++) {
            String one = bounds.get(random.nextInt(bounds.size()));
            String other = bounds.get(random.nextInt(bounds.size()));
            boolean inOrder = BY_BYTES.compare(one, other) <= 0;
            assertKeys(
                    KvRange.between(one, other),
                    inOrder ? keys.subSet(one, true, other, false) : new TreeSet<>(BY_BYTES));
            assertKeys(KvRange.prefix(one), startingWith(one, keys));
        }
    }

    @Test
    void aDeleteOfARangeOfRandomKeysLeavesExactlyTheOthers() {
        Random random = new Random();
        NavigableSet<String> keys = set(random.ints(600, 0, 0xD800)
                .mapToObj(point -> Character.toString(point % 0x400))
                .toList());
        while (!keys.isEmpty()) {
            List<String> bounds = List.copyOf(keys);
            String bound = bounds.get(random.nextInt(bounds.size()));
            int limit = 1 + random.nextInt(40);
            NavigableSet<String> tail = keys.tailSet(bound, true);
            List<String> doomed = random.nextBoolean()
                    ? List.copyOf(tail).subList(0, Math.min(limit, tail.size()))
                    : tail.descendingSet().stream().limit(limit).toList();
            KvRange range = KvRange.all().from(bound).limit(limit);

            boolean ascending = doomed.contains(bound);
            assertThat(group.deleteAll(ascending ? range : range.reversed())).isEqualTo(doomed.size());

            doomed.forEach(keys::remove);
            assertThat(group.keys(KvRange.all())).containsExactlyElementsOf(keys);
        }
    }
}
