package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Durability;
import dev.kvstore.KvCodec;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent puts share statements, and each has the effect that it would have alone. */
class GatheredPutsTest extends StoreTest {

    private static final int CALLERS = 32;
    private static final int PUTS = 40;

    @Test
    void concurrentPutsOfDifferentEntriesAreAllMade() {
        KvGroup<byte[]> bytes = kv.group("bytes", KvCodec.bytes(UnaryOperator.identity(), UnaryOperator.identity()));
        inEveryCaller(caller -> {
            for (int i = 0; i < PUTS; i++) {
                kv.set("group " + caller, "key " + i, "value " + i + "\0");
                bytes.set("key " + caller, new byte[] {(byte) i, 0});
                assertThat(kv.get("group " + caller, "key " + i)).contains("value " + i + "\0");
            }
        });

        for (int caller = 0; caller < CALLERS; caller++) {
            assertThat(kv.getAll("group " + caller)).hasSize(PUTS).containsEntry("key 7", "value 7\0");
            assertThat(bytes.get("key " + caller)).contains(new byte[] {PUTS - 1, 0});
        }
    }

    @Test
    void ofConcurrentPutsOfOneEntryOneStaysAndVersionsOnlyGrow() {
        KvGroup<String> group = kv.group("group");
        inEveryCaller(caller -> {
            long last = 0;
            for (int i = 0; i < PUTS; i++) {
                group.set("key", caller + " " + i);
                KvEntry<String> entry = group.entry("key").orElseThrow();
                assertThat(entry.version()).isGreaterThanOrEqualTo(last);
                last = entry.version();
            }
        });

        assertThat(group.get("key").orElseThrow()).endsWith(" " + (PUTS - 1));
    }

    @Test
    void putsInOppositeOrdersDoNotWaitForEachOther() {
        KvGroup<String> group = kv.group("group");
        inEveryCaller(caller -> {
            for (int i = 0; i < PUTS; i++) {
                group.set("key " + (caller % 2 == 0 ? i : PUTS - i), "value");
                group.setAll(Map.of("key a" + i % 5, "a", "key b" + (caller + i) % 5, "b"));
            }
        });

        assertThat(group.count(KvRange.prefix("key "))).isGreaterThan(PUTS);
    }

    @Test
    void relaxedPutsAreSeenAtOnce() {
        KvGroup<String> relaxed = kv.group("group").durability(Durability.NORMAL);
        inEveryCaller(caller -> {
            for (int i = 0; i < PUTS; i++) {
                relaxed.set("key " + caller, "value " + i);
                assertThat(relaxed.get("key " + caller)).contains("value " + i);
            }
        });

        assertThat(relaxed.count()).isEqualTo(CALLERS);
    }

    private static void inEveryCaller(IntConsumer work) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            CompletableFuture.allOf(IntStream.range(0, CALLERS)
                            .mapToObj(caller -> CompletableFuture.runAsync(() -> work.accept(caller), callers))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            callers.shutdown();
        }
    }
}
