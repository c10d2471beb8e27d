package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What several callers do at once has the result of some order. {@link SnapshotContract} has what others read
 * meanwhile.
 */
abstract class SeveralCallersContract extends ContractPart {

    private static final int CALLERS = 4;
    private static final int ROUNDS = 20;

    private Callers callers;

    SeveralCallersContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void start() {
        callers = new Callers();
    }

    @AfterEach
    void stop() {
        callers.close();
    }

    /** Runs a call of each caller at once, and returns their results. */
    private <T> List<T> all(IntFunction<Callable<T>> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Future<T>> futures = IntStream.range(0, CALLERS)
                .mapToObj(caller -> callers.submit(() -> {
                    start.await();
                    return call.apply(caller).call();
                }))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void oneOfThemSetsAnAbsentEntry() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key " + round;
            List<Boolean> set = all(caller -> () -> group.setIfAbsent(key, "by " + caller));

            assertThat(set).containsOnlyOnce(true);
            assertThat(group.get(key)).contains("by " + set.indexOf(true));
        }
    }

    @Test
    void allGetWhatOneOfThemSet() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key " + round;
            List<Optional<String>> got = all(caller -> () -> group.getOrSet(key, "by " + caller, Expiry.never()));

            String winner = group.require(key);
            assertThat(got).containsOnlyOnce(Optional.empty()).containsOnly(Optional.empty(), Optional.of(winner));
            assertThat(winner).isEqualTo("by " + got.indexOf(Optional.empty()));
        }
    }

    @Test
    void oneOfThemReplacesAVersion() throws Exception {
        group.set("key", "before");
        for (int round = 0; round < ROUNDS; round++) {
            long seen = version(group);
            List<Boolean> replaced =
                    all(caller -> () -> group.compareAndSet("key", seen, "by " + caller, Expiry.never())
                            .isPresent());

            assertThat(replaced).containsOnlyOnce(true);
            assertThat(group.get("key")).contains("by " + replaced.indexOf(true));
        }
    }

    @Test
    void oneOfThemDeletesAVersion() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            group.set("key", VALUE);
            long seen = version(group);

            assertThat(all(caller -> () -> group.compareAndDelete("key", seen))).containsOnlyOnce(true);
            assertThat(group.contains("key")).isFalse();
        }
    }

    @Test
    void oneOfThemGetsAndDeletesAnEntry() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            group.set("key", VALUE);

            assertThat(all(caller -> () -> group.getAndDelete("key").isPresent()))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void oneOfThemDeletesAnEntry() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            group.set("key", VALUE);

            assertThat(all(caller -> () -> group.delete("key"))).containsOnlyOnce(true);
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        List<List<Long>> sums = all(caller -> () ->
                Stream.generate(() -> group.increment("key", 1)).limit(ROUNDS).toList());

        assertThat(group.get("key")).contains(Integer.toString(CALLERS * ROUNDS));
        assertThat(sums.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, CALLERS * ROUNDS).boxed().toList());
        assertThat(sums).allSatisfy(ofOneCaller -> assertThat(ofOneCaller).isSorted());
    }

    @Test
    void noFirstIncrementIsLost() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key " + round;

            assertThat(all(caller -> () -> group.increment(key, 1))).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void noUpdateIsLost() throws Exception {
        all(caller -> () -> {
            for (int round = 0; round < ROUNDS; round++) {
                group.update("key", Expiry.never(), before -> Optional.of(before.orElse("") + caller));
            }
            return null;
        });

        String value = group.require("key");
        assertThat(value).hasSize(CALLERS * ROUNDS);
        for (int caller = 0; caller < CALLERS; caller++) {
            int digit = '0' + caller;
            assertThat(value.chars().filter(each -> each == digit)).hasSize(ROUNDS);
        }
    }

    @Test
    void eachValueIsReplacedOnce() throws Exception {
        List<List<Optional<String>>> replaced = all(caller -> () -> IntStream.range(0, ROUNDS)
                .mapToObj(round -> group.getAndSet("key", caller + " " + round, Expiry.never()))
                .toList());

        List<String> values = replaced.stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
        assertThat(values).hasSize(CALLERS * ROUNDS - 1).doesNotHaveDuplicates();
        assertThat(values).doesNotContain(group.require("key"));
    }

    @Test
    void oneOfTheBatchesThatCheckTheSameEntryIsCommitted() throws Exception {
        KvGroup<Long> counters = kv.group("counters", Long.class);
        group.set("key", VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            long seen = version(group);
            List<Boolean> committed = all(caller -> kv.batch()
                    .check(group, "key", seen)
                    .set(group, "key", "by " + caller)
                    .increment(counters, "committed", 1)::commit);

            assertThat(committed).containsOnlyOnce(true);
            assertThat(group.get("key")).contains("by " + committed.indexOf(true));
        }
        assertThat(counters.get("committed")).contains((long) ROUNDS);
    }

    @Test
    void batchesThatMoveAnAmountKeepTheSum() throws Exception {
        KvGroup<Long> accounts = kv.group("accounts", Long.class);
        accounts.setAll(Map.of("0", 100L, "1", 100L, "2", 100L));

        all(caller -> () -> {
            for (int round = 0; round < ROUNDS; round++) {
                kv.batch()
                        .increment(accounts, Integer.toString(round % 3), -caller - 1)
                        .increment(accounts, Integer.toString((round + caller) % 3), caller + 1)
                        .commit();
            }
            return null;
        });

        assertThat(accounts.getAll().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(300);
    }

    @Test
    void eachOfTheirWritesHasAVersionOfItsOwn() throws Exception {
        List<List<Long>> versions = all(caller -> () -> IntStream.range(0, ROUNDS)
                .mapToObj(round -> group.compareAndSet(caller + " " + round, 0, VALUE, Expiry.never())
                        .orElseThrow())
                .toList());

        assertThat(versions.stream().flatMap(List::stream))
                .hasSize(CALLERS * ROUNDS)
                .doesNotHaveDuplicates();
    }

    @Test
    void theVersionsOfAnEntryGrowInTheOrderOfItsWrites() throws Exception {
        KvGroup<Long> counters = kv.group("counters", Long.class);
        List<List<KvEntry<Long>>> seen = all(caller -> () -> IntStream.range(0, ROUNDS)
                .mapToObj(round -> {
                    counters.increment("key", 1);
                    return counters.entry("key").orElseThrow();
                })
                .toList());

        List<KvEntry<Long>> byVersion = seen.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(KvEntry::version))
                .toList();
        assertThat(byVersion).extracting(KvEntry::value).isSorted();
    }
}
