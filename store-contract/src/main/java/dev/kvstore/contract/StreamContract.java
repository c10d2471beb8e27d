package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Streams of entries and keys are read page by page, and hold nothing in between. */
abstract class StreamContract extends ContractPart {

    StreamContract(KvStoreContract contract) {
        super(contract);
    }

    private List<String> fill(int entries) {
        List<String> keys =
                IntStream.range(0, entries).mapToObj("%05d"::formatted).toList();
        for (int start = 0; start < entries; start += 10_000) {
            group.setAll(keys.subList(start, Math.min(entries, start + 10_000)).stream()
                    .collect(Collectors.toMap(Function.identity(), key -> "value of " + key)));
        }
        return keys;
    }

    private static List<String> reversed(List<String> keys) {
        List<String> reversed = new ArrayList<>(keys);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void aStreamHasAllEntriesOfManyPagesInBothDirections() {
        List<String> keys = fill(2_500);

        assertThat(group.keys(KvRange.all())).containsExactlyElementsOf(keys);
        assertThat(group.keys(KvRange.all().reversed())).containsExactlyElementsOf(reversed(keys));
        assertThat(group.entries(KvRange.all()).map(KvEntry::value))
                .containsExactlyElementsOf(
                        keys.stream().map(key -> "value of " + key).toList());
        assertThat(group.entries(KvRange.all().reversed()).map(KvEntry::key)).containsExactlyElementsOf(reversed(keys));
    }

    @Test
    void aStreamWhoseLastPageIsFullEnds() {
        List<String> keys = fill(2_000);

        assertThat(group.keys(KvRange.all())).containsExactlyElementsOf(keys);
        assertThat(group.entries(KvRange.prefix("00")).map(KvEntry::key))
                .containsExactlyElementsOf(keys.subList(0, 1_000));
    }

    @Test
    void theLimitIsOfTheStreamAndNotOfItsPages() {
        List<String> keys = fill(10_001);

        for (int limit : new int[] {1, 999, 1_000, 1_001, 2_000, 2_500, 10_000, 10_001, 10_002, Integer.MAX_VALUE}) {
            List<String> first = keys.subList(0, Math.min(limit, keys.size()));
            assertThat(group.keys(KvRange.all().limit(limit)).toList()).isEqualTo(first);
        }
        assertThat(group.entries(KvRange.all().reversed().limit(1_500)).map(KvEntry::key))
                .containsExactlyElementsOf(reversed(keys).subList(0, 1_500));
    }

    @Test
    void anEntryThatLivesDuringTheWholeStreamAppearsExactlyOnce() {
        List<String> stable = fill(2_500);
        List<String> seen = new ArrayList<>();

        group.keys(KvRange.all()).forEach(key -> {
            seen.add(key);
            if (seen.size() % 100 == 1) {
                // Entries come and go before, at and behind the position of the stream.
                group.setAll(Map.of(key + "x", VALUE, "00000y", VALUE, "01001x" + seen.size(), VALUE, "99999", VALUE));
                group.deleteAll(List.of("00000y", "99999", key + "x"));
            }
        });

        assertThat(seen).doesNotHaveDuplicates().containsAll(stable).isSorted();
    }

    @Test
    void anEntryThatIsReplacedDuringTheStreamAppearsExactlyOnce() {
        List<String> keys = fill(2_500);
        Map<String, String> replaced = new HashMap<>();
        keys.forEach(key -> replaced.put(key, Values.LARGE));

        Iterator<KvEntry<String>> entries = group.entries(KvRange.all()).iterator();
        List<KvEntry<String>> seen = new ArrayList<>(List.of(entries.next()));
        group.setAll(replaced);
        entries.forEachRemaining(seen::add);

        assertThat(seen.stream().map(KvEntry::key)).containsExactlyElementsOf(keys);
        assertThat(seen.get(2_499).value()).isEqualTo(Values.LARGE);
    }

    @Test
    void theCallerOfAStreamCanDeleteWhatItReturns() {
        fill(1_010);

        assertThat(group.keys(KvRange.all()).filter(group::delete).count()).isEqualTo(1_010);
        assertThat(group.count()).isZero();
    }

    @Test
    void manyStreamsThatWereNotReadToTheirEndHoldNothing() {
        fill(1_500);
        List<Iterator<String>> open = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Iterator<String> keys = i % 2 == 0
                    ? group.keys(KvRange.all()).iterator()
                    : group.entries(KvRange.all()).map(KvEntry::key).iterator();
            keys.next();
            open.add(keys);
        }

        group.set("new", VALUE);
        kv.group("other").set("key", VALUE);
        assertThat(group.get("new")).contains(VALUE);
        assertThat(group.deleteAll(KvRange.between("00000", "00500"))).isEqualTo(500);
        assertThat(kv.purgeExpired()).isZero();

        for (Iterator<String> keys : open) {
            List<String> left = new ArrayList<>();
            keys.forEachRemaining(left::add);
            assertThat(left).doesNotHaveDuplicates().contains("01499");
        }
    }

    @Test
    void aStreamNeedsNoClosing() {
        fill(1_500);

        for (int i = 0; i < 100; i++) {
            assertThat(group.keys(KvRange.all()).findFirst()).contains("00000");
            assertThat(group.entries(KvRange.all().reversed()).limit(3)).hasSize(3);
        }
        group.set("00000", VALUE);
        assertThat(group.get("00000")).contains(VALUE);
    }

    @Test
    void aStreamOfAnEmptyRangeIsEmpty() {
        fill(3);

        Stream.of(KvRange.prefix("x"), KvRange.between("b", "a"), KvRange.all().after("00002"))
                .forEach(range -> {
                    assertThat(group.keys(range)).isEmpty();
                    assertThat(group.entries(range.reversed())).isEmpty();
                });
    }

    @Test
    void groupsAreListedWithoutTheirEntries() {
        fill(1_500);
        kv.group("group 2").set("key", Values.LARGE);
        kv.group("expired").set("key", VALUE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertThat(kv.groups("")).containsExactly("group", "group 2");
        assertThat(kv.groups("group ")).containsExactly("group 2");
        assertThat(kv.groups("x")).isEmpty();
    }
}
