package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvClosedException;
import dev.kvstore.KvGroup;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Once a store is closed, every call that reads or writes is refused, also one that would need no database. */
abstract class ClosedStoreContract extends ContractPart {

    ClosedStoreContract(KvStoreContract contract) {
        super(contract);
    }

    /** A near cache contains these entries afterwards. */
    @BeforeEach
    void setAndRead() {
        group.set("key", VALUE);
        group.get("key");
        group.get("absent");
    }

    private void close() {
        contract.closeStore(kv);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(call)
                .withMessageContaining("is closed")
                .withMessageNotContaining(VALUE);
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfTheStoreIsRefused() {
        close();

        return Calling.each(StoreCalls.all(), call -> assertRefused(() -> call.on(kv, "group")));
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfAGroupIsRefused() {
        KvGroup<String> normal = group.durability(Durability.NORMAL);
        close();
        KvGroup<String> later = kv.group("group");

        return Calling.each(GroupCalls.all(), call -> {
            for (KvGroup<String> view : List.of(group, normal, later)) {
                assertRefused(() -> call.on(view, "key"));
                assertRefused(() -> call.on(view, "absent"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfAMapIsRefused() {
        ConcurrentMap<String, String> map = group.asMap();
        close();

        return Calling.each(MapCalls.all(), call -> {
            assertRefused(() -> call.on(map, "key"));
            assertRefused(() -> call.on(group.asMap(), "absent"));
        });
    }

    @Test
    void aBatchIsRefusedWheneverItWasBegun() {
        KvBatch before = kv.batch().set(group, "key", "after");
        close();
        KvBatch after = kv.batch().check(group, "key", 0).delete(group, "key");

        assertRefused(before::commit);
        assertRefused(after::commit);
        assertRefused(kv.batch()::commit);
    }

    @Test
    void callsThatNameNoEntryAreRefused() {
        KvRange empty = KvRange.between("b", "a");
        close();

        Stream.<ThrowingCallable>of(
                        () -> group.getAll(List.of()),
                        () -> group.setAll(Map.of()),
                        () -> group.setAll(Map.of(), Expiry.never()),
                        () -> group.deleteAll(List.of()),
                        () -> group.count(empty),
                        () -> group.page(empty),
                        () -> group.entries(empty),
                        () -> group.keys(empty.reversed()),
                        () -> group.deleteAll(empty),
                        () -> group.compareAndDelete("key", 0),
                        () -> group.asMap().putAll(Map.of()),
                        () -> group.asMap().get((Object) 1),
                        () -> group.asMap().remove(1, VALUE),
                        () -> group.asMap().keySet().remove((Object) 1))
                .forEach(ClosedStoreContract::assertRefused);
    }

    @TestFactory
    Stream<DynamicTest> whatIsReadPageByPageEndsWithAnErrorAtItsNextPage() {
        group.setAll(
                IntStream.range(0, 1_500).boxed().collect(Collectors.toMap(i -> "key %04d".formatted(i), i -> VALUE)));
        kv.group("other").set("key", VALUE);
        Map<String, Iterator<?>> begun = Map.of(
                "entries", group.entries(KvRange.all()).iterator(),
                "keys", group.keys(KvRange.all().reversed()).iterator(),
                "keys of the map", group.asMap().keySet().iterator(),
                "values of the map", group.asMap().values().iterator(),
                "groups", kv.groups("").iterator());
        begun.values().forEach(Iterator::next);
        close();

        return begun.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(), () -> assertRefused(() -> each.getValue().forEachRemaining(read -> {}))));
    }

    @Test
    void whatAnIteratorReturnedCanNeitherBeRemovedNorSet() {
        Iterator<String> keys = group.asMap().keySet().iterator();
        keys.next();
        Iterator<Map.Entry<String, String>> entries = group.asMap().entrySet().iterator();
        Map.Entry<String, String> entry = entries.next();
        close();

        assertRefused(keys::remove);
        assertRefused(entries::remove);
        assertRefused(() -> entry.setValue("after"));
    }

    @Test
    void whatWasReadBeforeIsStillThere() {
        Map<String, String> all = group.getAll();
        Map<String, String> some = group.getAll(List.of("key"));
        KvPage<String> page = group.page(KvRange.all());
        close();

        assertThat(all).isEqualTo(Map.of("key", VALUE)).isEqualTo(some);
        assertThat(page.entries().get(0).value()).isEqualTo(VALUE);
    }

    @Test
    void neitherAFunctionNorALoaderRuns() {
        close();

        assertRefused(() -> group.update("key", Expiry.never(), before -> {
            throw new AssertionError("must not run");
        }));
        assertRefused(() -> group.getOrCompute("absent", Expiry.never(), () -> {
            throw new AssertionError("must not run");
        }));
        assertRefused(() -> group.asMap().computeIfAbsent("absent", key -> {
            throw new AssertionError("must not run");
        }));
    }

    @Test
    void aStoreThatIsClosedDuringAnUpdateRefusesItsResult() {
        assertRefused(() -> group.update("key", Expiry.never(), before -> {
            close();
            return Optional.of("after");
        }));
    }

    @Test
    void whatNeitherReadsNorWritesStillWorks() {
        close();

        assertThat(kv.group("group", Long.class).durability(Durability.NORMAL).name())
                .isEqualTo("group");
        assertThat(kv.group("group", byte[].class).asMap().toString()).contains("group");
        assertThat(kv.batch().set(group, "key", VALUE)).isNotNull();
    }

    @Test
    void closingAgainHasNoEffect() {
        close();
        close();

        assertRefused(() -> group.get("key"));
    }

    @Test
    void theErrorIsOneOfSpringsThatARetryDoesNotMend() {
        close();

        assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> group.get("key"));
    }
}
