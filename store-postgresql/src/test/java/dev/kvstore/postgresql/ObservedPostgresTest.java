package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvGroup;
import dev.kvstore.KvObserver;
import dev.kvstore.KvStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What an observer on the builder sees of a store on a server. */
class ObservedPostgresTest extends StoreTest {

    private final List<Integer> commits = new CopyOnWriteArrayList<>();
    private final AtomicReference<KvStatus> status = new AtomicReference<>();

    private final KvObserver observer = new KvObserver() {
        @Override
        public void opened(KvStatus opened) {
            status.set(opened);
        }

        @Override
        public void committed(int writes, long nanos) {
            assertThat(nanos).isPositive();
            commits.add(writes);
        }
    };

    @Test
    void eachCommitIsSeenWhetherItIsGatheredOrNot() {
        try (PostgresKvStore observed = builder().observer(observer).build()) {
            KvGroup<String> group = observed.group("group");
            group.set("key", "value");
            group.setAll(Map.of("one", "value", "other", "value"));
            group.get("key");
        }

        assertThat(commits).containsExactly(1, 1);
    }

    @Test
    void theStatusHasTheNumbersOfThePool() {
        try (PostgresKvStore observed = builder().observer(observer).build()) {
            observed.set("group", "key", "value");

            KvStatus.Pool pool = status.get().pool().orElseThrow();
            assertThat(pool.max()).isEqualTo(4);
            assertThat(pool.active()).isZero();
            assertThat(pool.waiting()).isZero();
            assertThat(pool.idle()).isPositive();
            assertThat(status.get().pendingWrites()).isZero();
            assertThat(status.get().file()).isEmpty();
            assertThat(status.get().isOpen()).isTrue();
        }
        assertThat(status.get().isOpen()).isFalse();
    }
}
