package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvstore.Expiry;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvCodec;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTypeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code getOrCompute} computes an absent value once, whoever asks for it. */
@NullUnmarked
abstract class LoadsContract extends ContractPart {

    private static final Expiry NEVER = Expiry.never();

    private Callers callers;

    LoadsContract(KvStoreContract contract) {
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

    @Test
    void anAbsentValueIsComputedAndSet() {
        assertThat(group.getOrCompute("key", Expiry.after(Duration.ofSeconds(1)), () -> VALUE))
                .isEqualTo(VALUE);
        assertThat(group.get("key")).contains(VALUE);

        clock.advance(Duration.ofSeconds(2));
        assertThat(group.get("key")).isEmpty();
        assertThat(group.getOrCompute("key", NEVER, () -> "again")).isEqualTo("again");
    }

    @Test
    void aLiveValueIsReturnedAndNothingIsComputedOrWritten() {
        group.set("key", VALUE);
        long version = group.entry("key").orElseThrow().version();

        assertThat(group.getOrCompute("key", NEVER, () -> {
                    throw new AssertionError("must not load");
                }))
                .isEqualTo(VALUE);
        assertThat(group.entry("key").orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void argumentsAreCheckedBeforeTheLoaderRuns() {
        Supplier<String> loader = () -> {
            throw new AssertionError("must not load");
        };

        assertThatIllegalArgumentException().isThrownBy(() -> group.getOrCompute(null, NEVER, loader));
        assertThatIllegalArgumentException().isThrownBy(() -> group.getOrCompute("\uD83C", NEVER, loader));
        assertThatIllegalArgumentException().isThrownBy(() -> group.getOrCompute("key", null, loader));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.getOrCompute("key", Expiry.at(clock.instant()), loader));
        assertThatIllegalArgumentException().isThrownBy(() -> group.getOrCompute("key", NEVER, null));
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> group.getOrCompute("k".repeat(70_000), NEVER, loader));
    }

    @Test
    void nullFromALoaderIsRefusedAndNothingIsSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group.getOrCompute("key", NEVER, () -> null))
                .withMessageContaining("loader");
        assertThat(group.contains("key")).isFalse();
    }

    @Test
    void oneLoaderRunsWhileAllOthersWaitForItsValue() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        Supplier<String> loader = () -> {
            loading.countDown();
            Callers.await(release);
            return VALUE + loads.incrementAndGet();
        };
        Future<String> first = callers.submit(() -> group.getOrCompute("key", NEVER, loader));
        loading.await();
        List<Future<String>> others = Stream.generate(
                        () -> callers.submitWaiting(() -> group.getOrCompute("key", NEVER, loader)))
                .limit(5)
                .toList();

        release.countDown();

        assertThat(first.get()).isEqualTo(VALUE + 1);
        assertThat(others).extracting(Future::get).containsOnly(VALUE + 1);
    }

    @Test
    void manyCallersAtOnceRunOneLoaderPerAbsence() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "key " + round;
            AtomicInteger loads = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(8);
            List<Future<String>> results = IntStream.range(0, 8)
                    .mapToObj(i -> callers.submit(() -> {
                        start.await();
                        return group.getOrCompute(key, NEVER, () -> VALUE + loads.incrementAndGet());
                    }))
                    .toList();

            assertThat(results).extracting(Future::get).containsOnly(VALUE + 1);
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void anExceptionReachesAllWhoWaitAndIsNotKept() throws Exception {
        RuntimeException failure = new UnsupportedOperationException("failed");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<String> first = callers.submit(() -> group.getOrCompute("key", NEVER, () -> {
            loading.countDown();
            Callers.await(release);
            throw failure;
        }));
        loading.await();
        Future<String> other = callers.submitWaiting(() -> group.getOrCompute("key", NEVER, () -> VALUE));

        release.countDown();

        assertThatThrownBy(first::get).hasCause(failure);
        assertThatThrownBy(other::get).hasCause(failure);
        assertThat(group.contains("key")).isFalse();
        assertThat(group.getOrCompute("key", NEVER, () -> VALUE)).isEqualTo(VALUE);
    }

    @Test
    void loadersOfDifferentKeysRunSideBySide() throws Exception {
        CyclicBarrier bothLoad = new CyclicBarrier(2);
        Supplier<String> loader = () -> {
            Callers.await(bothLoad);
            return VALUE;
        };
        Future<String> one = callers.submit(() -> group.getOrCompute("one", NEVER, loader));
        Future<String> other = callers.submit(() -> group.getOrCompute("other", NEVER, loader));

        assertThat(one.get()).isEqualTo(VALUE);
        assertThat(other.get()).isEqualTo(VALUE);
    }

    @Test
    void theSameKeyOfAnotherGroupIsAnotherLoad() {
        assertThat(group.getOrCompute(
                        "key", NEVER, () -> kv.group("other").getOrCompute("key", NEVER, () -> VALUE) + "!"))
                .isEqualTo(VALUE + "!");
    }

    @Test
    void aLoaderMayCallTheStore() {
        group.set("number", "41");

        String answer = group.getOrCompute("answer", NEVER, () -> {
            group.increment("number", 1);
            kv.batch().set(group, "note", "computed").commit();
            return group.getOrCompute("copy", NEVER, () -> group.require("number"));
        });

        assertThat(answer).isEqualTo("42");
        assertThat(group.getAll())
                .containsOnlyKeys("answer", "copy", "note", "number")
                .containsEntry("copy", "42");
    }

    @Test
    void aLoaderRunsOutsideOfAnyTransaction() {
        String value = group.getOrCompute("key", NEVER, () -> {
            // Others can write and read meanwhile, so the loader's thread holds neither a lock nor a connection.
            CompletableFuture.runAsync(() -> {
                        group.set("other", VALUE);
                        assertThat(group.getAll()).isEqualTo(Map.of("other", VALUE));
                        group.clear();
                    })
                    .join();
            return VALUE;
        });

        assertThat(group.getAll()).isEqualTo(Map.of("key", value));
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyIsAnError() {
        KvGroup<String> view = kv.group("group", KvCodec.text(text -> text, text -> text));

        assertThatIllegalStateException()
                .isThrownBy(() -> group.getOrCompute("key", NEVER, () -> view.getOrCompute("key", NEVER, () -> VALUE)))
                .withMessageContaining("group/key");
        assertThat(group.getOrCompute("key", NEVER, () -> VALUE)).isEqualTo(VALUE);
    }

    @Test
    void loadersThatWaitForOneAnotherInARingAreAnError() throws Exception {
        for (int size = 2; size <= 4; size++) {
            int ring = size;
            CyclicBarrier allLoad = new CyclicBarrier(ring);
            List<Future<String>> results = IntStream.range(0, ring)
                    .mapToObj(i -> callers.submit(() -> group.getOrCompute("key " + i, NEVER, () -> {
                        Callers.await(allLoad);
                        return group.getOrCompute("key " + (i + 1) % ring, NEVER, () -> VALUE);
                    })))
                    .toList();

            assertThat(results)
                    .allSatisfy(result -> assertThatThrownBy(result::get)
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(IllegalStateException.class));
        }
        assertThat(group.count()).isZero();
    }

    @Test
    void aLoaderMayWaitForALoaderThatDoesNotWaitForIt() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<String> inner = callers.submit(() -> group.getOrCompute("inner", NEVER, () -> {
            loading.countDown();
            Callers.await(release);
            return VALUE;
        }));
        loading.await();
        Future<String> outer = callers.submitWaiting(() ->
                group.getOrCompute("outer", NEVER, () -> group.getOrCompute("inner", NEVER, () -> "other") + "!"));

        release.countDown();

        assertThat(inner.get()).isEqualTo(VALUE);
        assertThat(outer.get()).isEqualTo(VALUE + "!");
    }

    @Test
    void anInterruptEndsNoWaitAndStaysSet() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<String> first = callers.submit(() -> group.getOrCompute("key", NEVER, () -> {
            loading.countDown();
            Callers.await(release);
            return VALUE;
        }));
        loading.await();
        Callers.Interruptible<String> waiting = callers.submitInterruptible(() -> {
            String value = group.getOrCompute("key", NEVER, () -> "no");
            return value + (Thread.interrupted() ? " and interrupted" : " and not interrupted");
        });
        waiting.interruptAndAwait();

        release.countDown();

        assertThat(first.get()).isEqualTo(VALUE);
        assertThat(waiting.result().get()).isEqualTo(VALUE + " and interrupted");
    }

    @Test
    void aStoreClosedDuringALoadIsAnErrorForAll() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<String> first = callers.submit(() -> group.getOrCompute("key", NEVER, () -> {
            loading.countDown();
            Callers.await(release);
            return VALUE;
        }));
        loading.await();
        Future<String> other = callers.submitWaiting(() -> group.getOrCompute("key", NEVER, () -> VALUE));

        contract.closeStore(kv);
        release.countDown();

        assertThatThrownBy(first::get).hasCauseInstanceOf(KvClosedException.class);
        assertThatThrownBy(other::get).hasCauseInstanceOf(KvClosedException.class);
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> group.getOrCompute("key", NEVER, () -> VALUE));
    }

    @Test
    void whatIsSetDuringALoadWins() {
        assertThat(group.getOrCompute("key", NEVER, () -> {
                    group.set("key", "winner");
                    return "loser";
                }))
                .isEqualTo("winner");
        assertThat(group.get("key")).contains("winner");
    }

    @Test
    void whatIsDeletedDuringALoadIsSet() {
        group.set("key", "before", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));

        assertThat(group.getOrCompute("key", NEVER, () -> {
                    group.delete("key");
                    return VALUE;
                }))
                .isEqualTo(VALUE);
        assertThat(group.get("key")).contains(VALUE);
    }

    @Test
    void viewsOfDifferentTypesShareALoadAndEachDecodesWhatIsStored() throws Exception {
        KvGroup<Integer> lengths = kv.group("group", KvCodec.text("x"::repeat, String::length));
        KvGroup<byte[]> bytes = kv.group("group", KvCodec.bytes(array -> array, array -> array));
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<String> text = callers.submit(() -> group.getOrCompute("key", NEVER, () -> {
            loading.countDown();
            Callers.await(release);
            return "four";
        }));
        loading.await();
        Future<Integer> length = callers.submitWaiting(() -> lengths.getOrCompute("key", NEVER, () -> 1));
        Future<byte[]> failing = callers.submitWaiting(() -> bytes.getOrCompute("key", NEVER, () -> new byte[1]));

        release.countDown();

        assertThat(text.get()).isEqualTo("four");
        assertThat(length.get()).isEqualTo(4);
        assertThatThrownBy(failing::get).hasCauseInstanceOf(KvTypeException.class);
        assertThat(Optional.of(lengths.getOrCompute("other", NEVER, () -> 3))).isEqualTo(lengths.get("other"));
    }
}
