package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A read is of one moment: beside writes of several entries it returns all that one of them wrote, and nothing else.
 */
abstract class SnapshotContract extends ContractPart {

    private static final int ROUNDS = 30;

    /** Enough for several pages of a database, since every other value is large. */
    private static final List<String> KEYS =
            IntStream.range(0, 20).mapToObj("key %02d"::formatted).toList();

    private static final Instant END = Instant.parse("2026-01-02T00:00:00Z");

    SnapshotContract(KvStoreContract contract) {
        super(contract);
    }

    /** Writes in another thread, and reads here until that is done. */
    private static void beside(IntConsumer write, Runnable read) throws Exception {
        write.accept(0);
        try (Callers callers = new Callers()) {
            Future<?> writer = callers.submit(() -> {
                IntStream.rangeClosed(1, ROUNDS).forEach(write);
                return null;
            });
            do {
                read.run();
            } while (!writer.isDone());
            writer.get();
        }
    }

    private static Map<String, String> entries(int round) {
        return KEYS.stream().collect(Collectors.toMap(Function.identity(), key -> value(round, key)));
    }

    private static String value(int round, String key) {
        return round + (key.endsWith("1") ? " " + Values.LARGE : " small");
    }

    private static void assertAllOfOneRound(Collection<String> values) {
        assertThat(values).hasSize(KEYS.size());
        assertThat(new HashSet<>(values.stream().map(SnapshotContract::round).toList()))
                .hasSize(1);
    }

    private static String round(String value) {
        return value.substring(0, value.indexOf(' '));
    }

    private void assertAllOfOneRound() {
        assertAllOfOneRound(group.getAll().values());
        assertAllOfOneRound(group.getAll(KEYS).values());
        assertAllOfOneRound(kv.getAll("group").values());
        for (KvRange range : List.of(KvRange.all(), KvRange.prefix("key").reversed())) {
            assertAllOfOneRound(
                    group.page(range).entries().stream().map(KvEntry::value).toList());
        }
    }

    @Test
    void aReadReturnsAllThatASetAllWrote() throws Exception {
        beside(round -> group.setAll(entries(round)), this::assertAllOfOneRound);
    }

    @Test
    void aReadReturnsAllThatABatchWrote() throws Exception {
        beside(
                round -> {
                    var batch = kv.batch();
                    entries(round).forEach((key, value) -> batch.set(group, key, value));
                    batch.commit();
                },
                this::assertAllOfOneRound);
    }

    @Test
    void aReadReturnsAllOrNothingOfWhatIsDeletedTogether() throws Exception {
        List<Runnable> deletes = List.of(
                group::clear,
                () -> group.deleteAll(KEYS),
                () -> group.deleteAll(KvRange.prefix("key")),
                () -> group.deleteAll(KvRange.all().limit(KEYS.size())),
                () -> kv.deleteGroup("group"));
        beside(
                round -> {
                    group.setAll(entries(round));
                    deletes.get(round % deletes.size()).run();
                },
                () -> assertThat(Stream.of(
                                group.count(),
                                group.count(KvRange.prefix("key")),
                                (long) group.getAll().size(),
                                (long) group.getAll(KEYS).size(),
                                (long) group.page(KvRange.all()).entries().size()))
                        .isSubsetOf(0L, (long) KEYS.size()));
    }

    @Test
    void whatABatchMovesIsAlwaysInOnePlace() throws Exception {
        group.set("0", VALUE);
        beside(
                round -> {
                    String from = Integer.toString(round % 2);
                    String to = Integer.toString((round + 1) % 2);
                    kv.batch().delete(group, from).set(group, to, VALUE).commit();
                },
                () -> {
                    assertThat(group.getAll()).hasSize(1);
                    assertThat(group.count()).isEqualTo(1);
                    assertThat(group.page(KvRange.all()).entries()).hasSize(1);
                });
    }

    @Test
    void anEntryHasTheValueAndTheExpiryOfOneWrite() throws Exception {
        beside(round -> group.set("key", value(round, "key " + round % 2), Expiry.at(END.plusSeconds(round))), () -> {
            KvEntry<String> entry = group.entry("key").orElseThrow();
            assertThat(entry.expiresAt()).contains(END.plusSeconds(Long.parseLong(round(entry.value()))));
        });
    }

    @Test
    void theVersionOfAnEntryIsThatOfItsValue() throws Exception {
        Map<String, Long> versions = new HashMap<>();
        beside(round -> group.set("key", value(round, "key " + round % 2)), () -> {
            KvEntry<String> entry = group.entry("key").orElseThrow();
            Long known = versions.putIfAbsent(round(entry.value()), entry.version());
            assertThat(entry.version()).isEqualTo(known == null ? entry.version() : known);
        });
        assertThat(versions.values()).doesNotHaveDuplicates();
    }
}
