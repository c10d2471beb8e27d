package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.MovedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets that follow one another in a transaction are written several at a time, which nobody sees. */
class BatchOfManySetsTest {

    private static final String LARGE = "x".repeat(600);

    private final MovedClock clock = new MovedClock();
    private SqliteKvStore kv;
    private KvGroup<String> group;

    @BeforeEach
    void open(@TempDir Path directory) {
        kv = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .clock(clock)
                .build();
        group = kv.group("group");
    }

    @AfterEach
    void close() {
        kv.close();
    }

    private static Map<String, String> entries(int count, String value) {
        Map<String, String> entries = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> entries.put("key " + (count - i), value + i));
        return entries;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 32, 100})
    void allEntriesAreSetEachWithAVersionOfItsOwn(int count) {
        group.setAll(entries(count, "before "), Expiry.after(Duration.ofSeconds(1)));
        group.setAll(entries(count, "after "));
        clock.move(Duration.ofSeconds(2));

        assertThat(group.getAll()).containsExactlyInAnyOrderEntriesOf(entries(count, "after "));
        assertThat(group.entries(KvRange.all()).map(KvEntry::version)).doesNotHaveDuplicates();
    }

    @Test
    void valuesInRowReplaceThoseOutOfRowAndTheReverse() {
        group.setAll(entries(20, "small "));
        group.setAll(entries(20, LARGE));
        assertThat(group.getAll()).isEqualTo(entries(20, LARGE));

        group.setAll(entries(20, "small "));
        assertThat(group.getAll()).isEqualTo(entries(20, "small "));
    }

    @Test
    void theChangesOfABatchAreMadeInTheirOrder() {
        KvBatch batch = kv.batch();
        for (int i = 0; i < 40; i++) {
            batch.set(group, "same", "value " + i);
            batch.set(group, "key " + i, i == 7 ? LARGE : "value");
        }
        batch.set(group, "deleted", "value").delete(group, "deleted");
        batch.set(group, "counter", "1").increment(kv.group("group", Long.class), "counter", 2);
        batch.set(group, "key 3", "kept", Expiry.keep());

        assertThat(batch.commit()).isTrue();

        assertThat(group.get("same")).contains("value 39");
        assertThat(group.get("key 7")).contains(LARGE);
        assertThat(group.get("deleted")).isEmpty();
        assertThat(group.get("counter")).contains("3");
        assertThat(group.get("key 3")).contains("kept");
        assertThat(group.count()).isEqualTo(42);
    }

    @Test
    void eachEntryHasItsOwnExpiry() {
        KvBatch batch = kv.batch();
        for (int i = 0; i < 16; i++) {
            batch.set(group, "key " + i, "value", i % 2 == 0 ? Expiry.never() : Expiry.after(Duration.ofSeconds(i)));
        }
        batch.commit();

        List<Optional<Long>> seconds = IntStream.range(0, 16)
                .mapToObj(i -> group.entry("key " + i)
                        .orElseThrow()
                        .expiresAt()
                        .map(end -> Duration.between(clock.instant(), end).toSeconds()))
                .toList();
        assertThat(seconds)
                .isEqualTo(IntStream.range(0, 16)
                        .mapToObj(i -> i % 2 == 0 ? Optional.<Long>empty() : Optional.of((long) i))
                        .toList());
    }

    @Test
    void bytesAreSetWithText() {
        KvBatch batch = kv.batch();
        KvGroup<byte[]> bytes = kv.group("group", byte[].class);
        for (int i = 0; i < 16; i++) {
            batch.set(group, "text " + i, "value").set(bytes, "bytes " + i, new byte[] {(byte) i});
        }
        batch.commit();

        assertThat(group.get("text 15")).contains("value");
        assertThat(bytes.require("bytes 15")).containsExactly(15);
    }

    @Test
    void aCheckThatFailsSetsNothing() {
        KvBatch batch = kv.batch().check(group, "key 1", 7);
        entries(40, "value ").forEach((key, value) -> batch.set(group, key, value));

        assertThat(batch.commit()).isFalse();
        assertThat(group.count()).isZero();
    }
}
