package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvPage;
import dev.kvstore.KvRange;
import dev.kvstore.KvTypeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.OptimisticLockingFailureException;

/** The operations of groups on a file, with values in their rows and out of row; the contract says all of it. */
class GroupOperationsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Expiry SECOND = Expiry.after(Duration.ofSeconds(1));

    private Instant now = START;
    private SqliteKvStore kv;

    @BeforeEach
    void open(@TempDir Path directory) {
        kv = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(() -> now)
                .build();
    }

    @AfterEach
    void close() {
        kv.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600})
    void aConditionComparesPresenceAndVersion(int padding) {
        String pad = "x".repeat(padding);
        KvGroup<String> group = kv.group("group");

        assertThat(group.setIfPresent("key", pad)).isFalse();
        assertThat(group.setIfAbsent("key", pad + 1)).isTrue();
        assertThat(group.setIfAbsent("key", pad + 2, SECOND)).isFalse();
        long version = group.entry("key").orElseThrow().version();
        long next = group.compareAndSet("key", version, pad + 3, SECOND).orElseThrow();
        assertThat(next).isGreaterThan(version);
        assertThat(group.compareAndSet("key", version, pad + 4, SECOND)).isEmpty();
        assertThat(group.setIfPresent("key", pad + 5, Expiry.keep())).isTrue();
        assertThat(group.entry("key").orElseThrow().expiresAt()).hasValue(START.plusSeconds(1));
        group.set("key", pad + 6, Expiry.keep());
        assertThat(group.entry("key").orElseThrow().expiresAt()).hasValue(START.plusSeconds(1));

        now = START.plusSeconds(1);
        assertThat(group.contains("key")).isFalse();
        assertThat(group.compareAndDelete(
                        "key", group.compareAndSet("key", 0, pad, Expiry.keep()).orElseThrow()))
                .isTrue();
        assertThat(group.compareAndDelete("key", 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600})
    void anOperationReturnsWhatItReplaces(int padding) {
        String pad = "x".repeat(padding);
        KvGroup<String> group = kv.group("group");

        assertThat(group.getOrSet("key", pad + 1, Expiry.never())).isEmpty();
        assertThat(group.getOrSet("key", pad + 2, Expiry.never())).hasValue(pad + 1);
        assertThat(group.getAndSet("key", pad + 3, Expiry.never())).hasValue(pad + 1);
        assertThat(group.getAndExpire("key", SECOND)).hasValue(pad + 3);
        assertThat(group.expire("key", Expiry.at(START.plusSeconds(1)))).isTrue();
        assertThat(group.expire("key", Expiry.keep())).isTrue();
        assertThat(group.expire("absent", SECOND)).isFalse();
        assertThat(group.getAndExpire("absent", SECOND)).isEmpty();
        assertThat(group.getAndDelete("key")).hasValue(pad + 3);
        assertThat(group.getAndDelete("key")).isEmpty();
    }

    @Test
    void aCounterRefusesWhatIsNoNumberOrTooLarge() {
        KvGroup<Long> counters = kv.group("counters", Long.class);
        KvGroup<Integer> small = kv.group("counters", Integer.class);

        assertThat(counters.increment("key", 5, SECOND)).isEqualTo(5);
        assertThat(counters.increment("key", -7)).isEqualTo(-2);
        assertThat(counters.entry("key").orElseThrow().expiresAt()).isPresent();
        counters.set("key", (long) Integer.MAX_VALUE);
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> small.increment("key", 1));
        assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> small.increment("new", 1L << 40));
        assertThat(small.increment("key", -1L - Integer.MAX_VALUE)).isEqualTo(-1);
        kv.set("counters", "key", "007");
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> counters.increment("key", 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> kv.group("counters", Boolean.class).increment("key", 1))
                .withMessageContaining("java.lang.Boolean");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600})
    void aRangeIsReadAndDeletedInItsDirection(int padding) {
        KvGroup<String> group = kv.group("group");
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < 2_500; i++) {
            entries.put("p%04d".formatted(i), "x".repeat(padding) + i);
        }
        group.setAll(entries);
        group.setAll(Map.of("q", "after"), SECOND);
        KvRange range = KvRange.prefix("p");

        KvPage<String> page = group.page(range.limit(100));
        assertThat(page.entries()).hasSize(100);
        assertThat(group.page(page.next().orElseThrow()).entries().get(0).key()).isEqualTo("p0100");
        assertThat(group.keys(range.reversed().limit(2))).containsExactly("p2499", "p2498");
        assertThat(group.keys(range)).containsExactlyElementsOf(entries.keySet());
        assertThat(group.entries(range)).hasSize(2_500);
        assertThat(group.getAll(List.of("p0007", "p0003", "absent"))).containsOnlyKeys("p0003", "p0007");
        assertThat(group.getAll(entries.keySet())).isEqualTo(entries);
        assertThat(group.deleteAll(range.limit(10))).isEqualTo(10);
        assertThat(group.deleteAll(range.reversed().limit(10))).isEqualTo(10);
        assertThat(group.deleteAll(List.of("p0010", "absent"))).isEqualTo(1);
        assertThat(group.count(range)).isEqualTo(2_479);
        assertThat(group.deleteAll(range)).isEqualTo(2_479);
        assertThat(group.clear()).isEqualTo(1);
    }

    @Test
    void aBatchIsAllOrNothing() {
        KvGroup<String> texts = kv.group("texts");
        KvGroup<Long> counters = kv.group("counters", Long.class);
        texts.set("key", "before");

        assertThat(kv.batch().check(texts, "key", 1).set(texts, "key", "after").commit())
                .isFalse();
        KvBatch batch = kv.batch()
                .check(texts, "absent", 0)
                .set(texts, "key", "after")
                .increment(counters, "count", 2)
                .delete(texts, "other");
        assertThat(batch.commit()).isTrue();
        assertThatIllegalStateException().isThrownBy(batch::commit);
        assertThat(texts.get("key")).hasValue("after");

        kv.set("counters", "count", "no number");
        assertThatExceptionOfType(KvTypeException.class)
                .isThrownBy(() -> kv.batch()
                        .set(texts, "key", "undone")
                        .increment(counters, "count", 1)
                        .commit());
        assertThat(texts.get("key")).hasValue("after");
    }

    @Test
    @SuppressWarnings("NullAway")
    void anUpdateRunsAgainUntilNobodyIsFaster() {
        KvGroup<String> group = kv.group("group");

        assertThat(group.update("key", Expiry.never(), value -> Optional.of("new")))
                .hasValue("new");
        assertThat(group.update("key", Expiry.never(), value -> Optional.empty()))
                .isEmpty();
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> group.update("key", Expiry.never(), value -> {
                    group.set("key", "by somebody else");
                    return Optional.of("too late");
                }));
        assertThatIllegalArgumentException().isThrownBy(() -> group.update("key", Expiry.never(), value -> null));
    }

    @Test
    void aValueOfAnotherTypeIsNotLost() {
        KvGroup<Long> numbers = kv.group("group", Long.class);
        kv.set("group", "key", "no number");

        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> numbers.getAndDelete("key"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> numbers.getAndSet("key", 1L, Expiry.never()));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> numbers.getAndExpire("key", SECOND));
        assertThat(kv.group("group").entry("key").orElseThrow().expiresAt()).isEmpty();
        assertThat(kv.get("group", "key")).hasValue("no number");
    }

    @Test
    void bytesAreNoText() {
        KvGroup<byte[]> bytes = kv.group("group", byte[].class);
        bytes.set("bytes", new byte[] {1, -1});
        bytes.durability(Durability.NORMAL).set("empty", new byte[0]);
        kv.set("group", "text", "text");

        assertThat(bytes.get("bytes").orElseThrow()).containsExactly(1, -1);
        assertThat(bytes.get("empty").orElseThrow()).isEmpty();
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.get("group", "bytes"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> kv.getAll("group"));
        assertThatExceptionOfType(KvTypeException.class).isThrownBy(() -> bytes.get("text"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void badArgumentsAreRefusedBeforeAnythingIsTouched() {
        KvGroup<String> group = kv.group("group");
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i <= 10_000; i++) {
            many.put("key" + i, "");
        }

        assertThatIllegalArgumentException().isThrownBy(() -> group.setAll(many));
        assertThatIllegalArgumentException().isThrownBy(() -> group.set("key", "value", Expiry.at(START)));
        assertThatIllegalArgumentException().isThrownBy(() -> group.set("key", "value", (Expiry) null));
        assertThatIllegalArgumentException().isThrownBy(() -> group.compareAndSet("key", -1, "", Expiry.never()));
        assertThatIllegalArgumentException().isThrownBy(() -> group.count(null));
        assertThatIllegalArgumentException().isThrownBy(() -> group.getAll(null));
        assertThatIllegalArgumentException().isThrownBy(() -> group.durability(null));
        assertThat(group.getAll()).isEmpty();
    }
}
