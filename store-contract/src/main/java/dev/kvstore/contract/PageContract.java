package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page is the first entries of a range, as of one moment, and where to go on. */
abstract class PageContract extends ContractPart {

    private static final int MEGABYTE = 1 << 20;

    PageContract(KvStoreContract contract) {
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

    private List<KvPage<String>> pages(KvRange first) {
        return Stream.iterate(
                        Optional.of(group.page(first)),
                        Optional::isPresent,
                        page -> page.flatMap(KvPage::next).map(group::page))
                .map(Optional::orElseThrow)
                .toList();
    }

    private static List<String> keys(KvPage<?> page) {
        return page.entries().stream().map(KvEntry::key).toList();
    }

    @Test
    void aPageOfAnEmptyGroupIsEmptyAndTheLast() {
        assertThat(group.page(KvRange.all()).entries()).isEmpty();
        assertThat(group.page(KvRange.all()).next()).isEmpty();
    }

    @Test
    void aPageHasAtMost1000EntriesWhenNoLimitWasSet() {
        List<String> keys = fill(2_500);

        assertThat(pages(KvRange.all()).stream().map(page -> page.entries().size()))
                .containsExactly(1_000, 1_000, 500);
        assertThat(pages(KvRange.all()).stream().flatMap(page -> keys(page).stream()))
                .containsExactlyElementsOf(keys);
    }

    @Test
    void aPageHasAtMost10000EntriesWhateverTheLimitSays() {
        List<String> keys = fill(10_001);

        List<KvPage<String>> pages = pages(KvRange.all().limit(1_000_000));

        assertThat(pages.stream().map(page -> page.entries().size())).containsExactly(10_000, 1);
        assertThat(pages.stream().flatMap(page -> keys(page).stream())).containsExactlyElementsOf(keys);
        assertThat(group.page(KvRange.all().limit(10_000)).entries()).hasSize(10_000);
        assertThat(group.page(KvRange.all().limit(9_999)).entries()).hasSize(9_999);
    }

    @Test
    void thePagesOfARangeAreItsEntriesInBothDirections() {
        List<String> keys = fill(10);

        assertThat(pages(KvRange.between("00002", "00009").limit(3)).stream().map(PageContract::keys))
                .containsExactly(keys.subList(2, 5), keys.subList(5, 8), keys.subList(8, 9));
        assertThat(pages(KvRange.between("00002", "00009").limit(3).reversed()).stream()
                        .map(PageContract::keys))
                .containsExactly(
                        List.of("00008", "00007", "00006"), List.of("00005", "00004", "00003"), List.of("00002"));
    }

    @Test
    void theNextRangeHasTheSameDirectionAndLimit() {
        fill(10);

        KvRange next = group.page(KvRange.prefix("0000").limit(4)).next().orElseThrow();
        assertThat(next.maxEntries()).hasValue(4);
        assertThat(next.isReversed()).isFalse();
        assertThat(next.contains("00003")).isFalse();
        assertThat(next.contains("00004")).isTrue();

        KvRange back =
                group.page(KvRange.prefix("0000").reversed().limit(4)).next().orElseThrow();
        assertThat(back.maxEntries()).hasValue(4);
        assertThat(back.isReversed()).isTrue();
        assertThat(back.contains("00006")).isFalse();
        assertThat(back.contains("00005")).isTrue();
    }

    @Test
    void nextIsEmptyAtTheEndAlsoAfterAFullPage() {
        fill(4);

        assertThat(group.page(KvRange.all().limit(4)).next()).isEmpty();
        assertThat(group.page(KvRange.all().limit(4).reversed()).next()).isEmpty();
        assertThat(group.page(KvRange.all().limit(5)).next()).isEmpty();
        assertThat(group.page(KvRange.all().before("00003").limit(3)).next()).isEmpty();
        assertThat(group.page(KvRange.all().limit(3)).next()).isPresent();
    }

    @Test
    void nextIsEmptyWhenOnlyExpiredEntriesFollow() {
        fill(4);
        group.set("00002", VALUE, MINUTE);
        group.set("00003", VALUE, MINUTE);
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.page(KvRange.all().limit(2)).next()).isEmpty();
        assertThat(group.page(KvRange.all().limit(1)).next()).isPresent();
    }

    @Test
    void aPageEndsAt8Megabytes() {
        for (int i = 0; i < 20; i++) {
            group.set("%02d".formatted(i), "x".repeat(MEGABYTE));
        }

        List<KvPage<String>> pages = pages(KvRange.all());

        assertThat(pages.stream().map(page -> page.entries().size())).containsExactly(8, 8, 4);
        assertThat(pages.stream().flatMap(page -> keys(page).stream()))
                .containsExactlyElementsOf(group.keys(KvRange.all()).toList());
        assertThat(group.page(KvRange.all().reversed().limit(100)).entries()).hasSize(8);
        assertThat(group.page(KvRange.all().limit(5)).entries()).hasSize(5);
        assertThat(group.entries(KvRange.all())).hasSize(20);
    }

    @Test
    void aValueOfMoreThan8MegabytesIsAPageOfItsOwn() {
        KvGroup<ByteBuffer> bytes = kv.group("bytes", Values.BYTES);
        bytes.set("a", ByteBuffer.allocate(9 * MEGABYTE));
        bytes.set("b", ByteBuffer.allocate(1));

        KvPage<ByteBuffer> first = bytes.page(KvRange.all());
        assertThat(keys(first)).containsExactly("a");
        assertThat(keys(bytes.page(first.next().orElseThrow()))).containsExactly("b");
    }

    @Test
    void largeValuesDoNotEndAPageOrStreamOfKeys() {
        for (int i = 0; i < 3; i++) {
            group.set("%02d".formatted(i), "x".repeat(9 * MEGABYTE));
        }

        assertThat(group.keys(KvRange.all())).containsExactly("00", "01", "02");
        assertThat(group.count(KvRange.all())).isEqualTo(3);
    }

    @Test
    void anEntryOfAPageHasItsValueVersionAndExpiry() {
        group.set("a", VALUE);
        group.set("b", Values.LARGE, MINUTE);
        group.expire("a", Expiry.after(MINUTE));

        assertThat(group.page(KvRange.all()).entries())
                .containsExactly(
                        group.entry("a").orElseThrow(), group.entry("b").orElseThrow());
        assertThat(group.page(KvRange.all().reversed()).entries())
                .containsExactly(
                        group.entry("b").orElseThrow(), group.entry("a").orElseThrow());
    }

    @Test
    void aPageGoesOnWhereItEndedWhateverHappensMeanwhile() {
        fill(6);
        KvRange next = group.page(KvRange.all().limit(3)).next().orElseThrow();

        group.deleteAll(List.of("00001", "00002", "00003"));
        group.setAll(Map.of("00000a", VALUE, "00002", VALUE, "00002a", VALUE));

        assertThat(keys(group.page(next))).containsExactly("00002a", "00004", "00005");
    }

    @Test
    void aPageCannotBeModified() {
        fill(2);

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> group.page(KvRange.all()).entries().clear());
    }
}
