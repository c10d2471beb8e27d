package dev.kvstore.postgresql;

import static dev.kvstore.postgresql.Sessions.callUntilItWaitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations on many entries are one moment, beside other writers. */
class ManyEntriesTest extends StoreTest {

    private KvGroup<String> group;

    @BeforeEach
    void setEntries() {
        group = kv.group("group");
        group.setAll(Map.of("k0", "before", "k2", "before"));
    }

    // A plain DELETE would leave k1, which is new since it began, but delete k2, which was set even later.
    private void deletesWhatIsThereWhenItBegins(Supplier<Long> delete) throws Exception {
        CompletableFuture<Long> deleted = RowLock.during(schema, "k0", () -> {
            CompletableFuture<Long> call = callUntilItWaitsFor("transactionid", delete);
            group.set("k1", "first");
            group.set("k2", "second");
            return call;
        });
        assertThat(deleted.join()).isEqualTo(2);

        assertThat(group.getAll()).containsExactly(Map.entry("k1", "first"), Map.entry("k2", "second"));
    }

    @Test
    void clearDeletesWhatIsThereWhenItBegins() throws Exception {
        deletesWhatIsThereWhenItBegins(group::clear);
    }

    @Test
    void aDeleteOfARangeDeletesWhatIsThereWhenItBegins() throws Exception {
        deletesWhatIsThereWhenItBegins(() -> group.deleteAll(KvRange.prefix("k")));
        setEntries();
        group.delete("k1");
        deletesWhatIsThereWhenItBegins(() -> group.deleteAll(KvRange.all().limit(5)));
    }

    @Test
    void aCheckOfABatchHoldsUntilItsCommit() throws Exception {
        long version = group.entry("k2").orElseThrow().version();
        List<CompletableFuture<Boolean>> calls = RowLock.during(schema, "k0", () -> {
            // Waits for k0 while it has the lock of the absent entry a.
            CompletableFuture<Boolean> commit = callUntilItWaitsFor(
                    "transactionid",
                    () -> kv.batch()
                            .check(group, "a", 0)
                            .check(group, "k2", version)
                            .set(group, "k0", "by the batch")
                            .commit());
            CompletableFuture<Boolean> other =
                    CompletableFuture.supplyAsync(() -> group.setIfAbsent("a", "too late"), Sessions.OWN_THREAD);
            await().until(() -> Sessions.count("transactionid") > 1);
            return List.of(commit, other);
        });

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isTrue());
        assertThat(group.getAll())
                .containsExactly(
                        Map.entry("a", "too late"), Map.entry("k0", "by the batch"), Map.entry("k2", "before"));
    }

    @Test
    void aBatchLeavesNoRowOfAnAbsentEntry() {
        assertThat(kv.batch().check(group, "absent", 0).commit()).isTrue();
        assertThat(kv.batch().check(group, "absent", 7).set(group, "k0", "no").commit())
                .isFalse();

        assertThat(kv.purgeExpired()).isZero();
        assertThat(group.get("k0")).contains("before");
    }
}
