package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A view of another durability is the same group: its writes are committed, and seen by all, when they return. */
abstract class DurabilityContract extends ContractPart {

    private KvGroup<String> normal;
    private KvGroup<String> full;

    DurabilityContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void openViews() {
        normal = group.durability(Durability.NORMAL);
        full = normal.durability(Durability.FULL);
    }

    @TestFactory
    Stream<DynamicTest> everyMethodIsThatOfTheGroup() {
        return Calling.each(GroupCalls.all(), call -> {
            KvGroup<String> expected = kv.group("expected");
            for (KvGroup<String> view : List.of(expected, normal, full)) {
                view.clear();
                view.set("key", "1");
                call.on(view, "key");
                assertThat(view.getAll()).isEqualTo(expected.getAll());
            }
        });
    }

    @Test
    void aViewKeepsTheNameAndTheTypeOfTheGroup() {
        KvGroup<Integer> numbers = kv.group("numbers", Integer.class).durability(Durability.NORMAL);
        numbers.set("key", 41);

        assertThat(numbers.name()).isEqualTo("numbers");
        assertThat(numbers.increment("key", 1)).isEqualTo(42);
        assertThat(kv.group("numbers", Integer.class).get("key")).contains(42);
    }

    @Test
    void aWriteOfOneViewIsSeenByAllViewsAndThreadsAtOnce() {
        normal.set("key", "normal");
        assertThat(List.of(group, normal, full))
                .allSatisfy(view -> assertThat(view.get("key")).contains("normal"));
        CompletableFuture.runAsync(() -> assertThat(kv.get("group", "key")).contains("normal"))
                .join();

        full.set("key", "full");
        assertThat(List.of(group, normal, full))
                .allSatisfy(view -> assertThat(view.get("key")).contains("full"));

        normal.delete("key");
        assertThat(List.of(group, normal, full))
                .allSatisfy(view -> assertThat(view.get("key")).isEmpty());
    }

    @Test
    void theVersionsOfAllViewsGrowTogether() {
        List<Long> versions = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (KvGroup<String> view : List.of(group, normal, full)) {
                view.set("key", VALUE);
                versions.add(version(group));
            }
        }

        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMapOfAViewWritesToTheSameGroup() {
        normal.asMap().put("key", VALUE);
        normal.asMap().merge("key", "!", String::concat);

        assertThat(group.getAll()).isEqualTo(Map.of("key", VALUE + "!"));
    }

    @Test
    void aBatchTakesViewsOfAnyDurability() {
        KvGroup<Long> counters = kv.group("counters", Long.class).durability(Durability.NORMAL);

        for (KvGroup<String> view : List.of(group, normal, full)) {
            assertThat(kv.batch()
                            .check(normal, "absent", 0)
                            .set(view, "key", VALUE)
                            .increment(counters, "key", 1)
                            .commit())
                    .isTrue();
        }
        assertThat(kv.batch().increment(counters, "key", 1).commit()).isTrue();

        assertThat(group.get("key")).contains(VALUE);
        assertThat(counters.get("key")).contains(4L);
    }

    @Test
    void aGroupStaysAsItIsWhenAViewIsMade() {
        KvGroup<String> before = group;
        assertThat(before.durability(Durability.NORMAL)).isNotSameAs(before);

        before.set("key", VALUE);
        assertThat(before.durability(Durability.FULL).get("key")).contains(VALUE);
    }
}
