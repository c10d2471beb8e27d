package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code getOrCompute} runs a loader, and what two stores on one file make of it. */
class ComputingTest {

    @TempDir
    Path directory;

    @Test
    void theFirstOfTwoStoresToSetAValueWins() {
        try (SqliteKvStore one = open();
                SqliteKvStore other = open()) {
            for (int round = 0; round < 20; round++) {
                String key = "key " + round;
                CyclicBarrier bothLoad = new CyclicBarrier(2);
                CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> compute(one, key, "1", bothLoad));
                String second = compute(other, key, "2", bothLoad);

                assertThat(first.join())
                        .isEqualTo(second)
                        .isEqualTo(one.group("group").require(key));
            }
        }
    }

    private static String compute(SqliteKvStore store, String key, String value, CyclicBarrier bothLoad) {
        return store.group("group").getOrCompute(key, Expiry.never(), () -> {
            try {
                bothLoad.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return value;
        });
    }

    @Test
    void aLoaderHoldsNoConnection() {
        try (SqliteKvStore memory = SqliteKvStore.inMemory();
                SqliteKvStore file = SqliteKvStore.builder()
                        .file(directory.resolve("kvstore.db"))
                        .readers(1)
                        .build()) {
            for (SqliteKvStore kv : List.of(memory, file)) {
                KvGroup<String> group = kv.group("group");
                String value = group.getOrCompute(
                        "key",
                        Expiry.never(),
                        () -> CompletableFuture.supplyAsync(() -> {
                                    group.set("other", "from another thread");
                                    return group.require("other");
                                })
                                .join());

                assertThat(value).isEqualTo("from another thread");
            }
        }
    }

    private SqliteKvStore open() {
        return SqliteKvStore.open(directory.resolve("kvstore.db"));
    }
}
