package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A view of a group sets and deletes entries, one or several at once. */
abstract class GroupWritesContract extends ContractPart {

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    GroupWritesContract(KvStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> setReplacesAValueByOneOfAnySize() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            for (Object value : List.of(values.before(), values.after(), values.before(), values.before())) {
                group.set("key", value);

                assertThat(group.get("key")).contains(value);
                assertThat(group.count()).isEqualTo(1);
            }
        });
    }

    @Test
    void valuesOfEverySizeAroundALimitOfAnEngineAreReturnedExactly() {
        KvGroup<ByteBuffer> bytes = kv.group("bytes", Values.BYTES);
        for (int size : new int[] {0, 1, 255, 256, 510, 511, 512, 513, 514, 1_023, 1_024, 2_000, 65_536}) {
            for (String text : List.of("x".repeat(size), "é".repeat(size / 2), "漢".repeat(size / 3))) {
                group.set("key", text);
                assertThat(group.get("key")).contains(text);
                assertThat(group.getAndSet("key", "", Expiry.never())).contains(text);
                assertThat(group.setIfPresent("key", text)).isTrue();
                assertThat(group.getAll()).containsEntry("key", text);
            }
            bytes.set("key", ByteBuffer.allocate(size));
            assertThat(bytes.get("key")).contains(ByteBuffer.allocate(size));
            assertThat(bytes.setIfPresent("key", ByteBuffer.allocate(size))).isTrue();
            assertThat(bytes.getAll()).containsEntry("key", ByteBuffer.allocate(size));
        }
    }

    @Test
    void setHasThreeFormsOfAnExpiry() {
        group.set("never", VALUE);
        group.set("ttl", VALUE, MINUTE);
        group.set("expiry", VALUE, Expiry.at(END));

        assertThat(group.entry("never").flatMap(KvEntry::expiresAt)).isEmpty();
        // The clock stands at 0.4 ms.
        assertThat(group.entry("ttl").flatMap(KvEntry::expiresAt)).contains(Instant.parse("2026-01-01T00:01:00.001Z"));
        assertThat(group.entry("expiry").flatMap(KvEntry::expiresAt)).contains(END);
    }

    @Test
    void setAllSetsAndReplacesEntriesOfAllSizes() {
        group.set("replaced", "before", MINUTE);
        group.set("replaced by small", Values.LARGE);
        group.set("other", "untouched");
        Map<String, String> entries = Map.of(
                "replaced",
                Values.LARGE,
                "replaced by small",
                "small",
                "new",
                VALUE,
                "",
                "",
                "new large",
                "x".repeat(600));

        group.setAll(entries);

        assertThat(group.getAll(entries.keySet())).isEqualTo(entries);
        assertThat(group.get("other")).contains("untouched");
        assertThat(group.entries(KvRange.all()).flatMap(entry -> entry.expiresAt().stream()))
                .isEmpty();
    }

    @Test
    void setAllGivesAllEntriesTheSameExpiryAndKeepsEachOnes() {
        group.setAll(Map.of("a", VALUE, "b", Values.LARGE), Expiry.at(END));
        assertThat(group.entries(KvRange.all()).flatMap(entry -> entry.expiresAt().stream()))
                .containsExactly(END, END);

        group.setAll(Map.of("a", Values.LARGE, "b", VALUE, "c", VALUE), Expiry.keep());
        assertThat(group.entries(KvRange.all()).flatMap(entry -> entry.expiresAt().stream()))
                .containsExactly(END, END);
        assertThat(group.entry("c").flatMap(KvEntry::expiresAt)).isEmpty();
    }

    @Test
    void setAllOfNothingChangesNothing() {
        group.set("key", VALUE);

        group.setAll(Map.of());
        group.setAll(Map.of(), Expiry.after(MINUTE));

        assertThat(group.getAll()).isEqualTo(Map.of("key", VALUE));
    }

    @Test
    void setAllTakesAtMost10000Entries() {
        Map<String, String> entries =
                IntStream.range(0, 10_000).boxed().collect(Collectors.toMap(i -> "key " + i, i -> "value " + i));
        group.setAll(entries);
        assertThat(group.getAll()).isEqualTo(entries);

        Map<String, String> tooMany = new HashMap<>(entries);
        tooMany.replaceAll((key, value) -> "after");
        tooMany.put("one more", VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.setAll(tooMany))
                .withMessageContaining("10001")
                .withMessageContaining("10000");
        assertThat(group.getAll()).isEqualTo(entries);
    }

    @TestFactory
    Stream<DynamicTest> getAndSetReturnsTheValueThatItReplaces() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();

            assertThat(group.getAndSet("key", values.before(), Expiry.never())).isEmpty();
            assertThat(group.getAndSet("key", values.after(), Expiry.at(END))).contains(values.before());
            assertThat(values.entry().expiresAt()).contains(END);
            assertThat(group.getAndSet("key", values.before(), Expiry.keep())).contains(values.after());
            assertThat(values.entry().value()).isEqualTo(values.before());
            assertThat(values.entry().expiresAt()).contains(END);
        });
    }

    @TestFactory
    Stream<DynamicTest> getAndDeleteReturnsTheValueOnce() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            group.set("other", values.after());

            assertThat(group.getAndDelete("key")).contains(values.before());
            assertThat(group.getAndDelete("key")).isEmpty();
            assertThat(group.getAll()).isEqualTo(Map.of("other", values.after()));
        });
    }

    @TestFactory
    Stream<DynamicTest> deleteReturnsWhetherTheEntryWasLive() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            group.set("other", values.after());

            assertThat(group.delete("key")).isTrue();
            assertThat(group.delete("key")).isFalse();
            assertThat(group.getAll()).isEqualTo(Map.of("other", values.after()));
        });
    }

    @TestFactory
    Stream<DynamicTest> anEntryThatWasDeletedCanBeSetAgain() {
        return Replacement.each(kv, values -> {
            KvGroup<Object> group = values.group();
            group.set("key", values.before());
            group.delete("key");
            group.set("key", values.after());
            assertThat(group.get("key")).contains(values.after());

            group.clear();
            group.set("key", values.before());
            assertThat(group.get("key")).contains(values.before());
        });
    }

    @Test
    void deleteAllOfKeysReturnsHowManyWereLive() {
        group.setAll(Map.of("a", "1", "b", Values.LARGE, "c", "3"));
        group.set("expired", VALUE, MINUTE);
        kv.group("other").set("a", "in the other");
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.deleteAll(List.of("a", "absent", "b", "a", "expired"))).isEqualTo(2);

        assertThat(group.getAll()).isEqualTo(Map.of("c", "3"));
        assertThat(kv.group("other").get("a")).contains("in the other");
        assertThat(group.deleteAll(List.of())).isZero();
        assertThat(group.deleteAll(List.of("a", "b"))).isZero();
    }

    @Test
    void deleteAllOfKeysTakesAtMost10000() {
        List<String> most = IntStream.range(0, 10_000).mapToObj(i -> "key " + i).toList();
        List<String> tooMany =
                IntStream.range(0, 10_001).mapToObj(i -> "key " + i).toList();
        group.set("key 0", VALUE);
        group.set("key 9999", VALUE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.deleteAll(tooMany))
                .withMessageContaining("10001")
                .withMessageContaining("10000");
        assertThat(group.count()).isEqualTo(2);
        assertThat(group.deleteAll(most)).isEqualTo(2);
    }

    @Test
    void keysToDeleteThatAreNamedAgainCountOnce() {
        group.set("key", VALUE);

        assertThat(group.deleteAll(Collections.nCopies(10_001, "key"))).isEqualTo(1);
    }

    @Test
    void clearDeletesAllEntriesOfTheGroupAndReturnsHowManyWereLive() {
        group.setAll(Map.of("a", "1", "b", Values.LARGE));
        group.set("expired", VALUE, MINUTE);
        kv.group("group ").set("a", "in the other");
        clock.advance(MINUTE.plusMillis(1));

        assertThat(group.clear()).isEqualTo(2);

        assertThat(group.count()).isZero();
        assertThat(kv.group("group ").get("a")).contains("in the other");
        assertThat(group.clear()).isZero();
    }

    @Test
    void clearAndDeleteAllOfARangeTakeAnyNumber() {
        Map<String, String> entries =
                IntStream.range(0, 10_000).boxed().collect(Collectors.toMap(i -> "key " + i, i -> "value " + i));
        group.setAll(entries);
        group.set("one more", VALUE);
        assertThat(group.deleteAll(KvRange.all())).isEqualTo(10_001);
        assertThat(group.count()).isZero();

        group.setAll(entries);
        group.set("one more", VALUE);
        assertThat(group.clear()).isEqualTo(10_001);
        assertThat(group.count()).isZero();
    }
}
