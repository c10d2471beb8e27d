package dev.kvstore.contract.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group commit with two lanes, and the listing of groups, on H2. */
class H2EngineTest {

    private static final int WRITERS = 16;
    private static final int WRITES = 50;

    private final H2KvStore kv = new H2KvStore(InstantSource.system(), null);

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void concurrentWritesInTwoLanesAreAllCommitted() {
        inEveryWriter(writer -> IntStream.range(0, WRITES).forEach(i -> {
            kv.set("group " + writer, "key " + i, "x".repeat(i));
            assertThat(kv.get("group " + writer, "key " + i)).contains("x".repeat(i));
        }));

        assertThat(kv.groups("group "))
                .hasSize(WRITERS)
                .allSatisfy(group -> assertThat(kv.count(group)).isEqualTo(WRITES));
    }

    @Test
    void conflictingWritesInTwoLanesAllSucceed() {
        List<String> values = List.of("a".repeat(5_000), "b".repeat(5_000));
        inEveryWriter(writer -> IntStream.range(0, WRITES).forEach(i -> {
            String key = "key " + (writer % 2 == 0 ? i % 7 : 6 - i % 7);
            kv.set("shared", key, values.get(writer % 2));
            kv.get("shared", key).ifPresent(value -> assertThat(values).contains(value));
            if (i % 10 == writer % 10) {
                assertThat(kv.deleteGroup("shared")).isBetween(0L, 7L);
            }
        }));

        assertThat(kv.count("shared")).isBetween(0L, 7L);
    }

    @Test
    void groupsAreListedByPrefixInOrderOfTheirUtf8Bytes() {
        List.of("b", "🎉", "Ａ", "ab", "a", "").forEach(group -> kv.set(group, "key", "value"));

        assertThat(kv.groups("")).containsExactly("", "a", "ab", "b", "Ａ", "🎉");
        assertThat(kv.groups("a")).containsExactly("a", "ab");
    }

    @Test
    void aClosedStoreRefusesCalls() {
        kv.close();

        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> kv.get("group", "key"));
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> kv.set("group", "key", "value"));
    }

    private static void inEveryWriter(IntConsumer work) {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            CompletableFuture.allOf(IntStream.range(0, WRITERS)
                            .mapToObj(writer -> CompletableFuture.runAsync(() -> work.accept(writer), writers))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            writers.shutdown();
        }
    }
}
