package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.engine.StoredEntry;
import java.lang.Thread.State;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** Whatever meets, a cache keeps nothing that a write is about to change. */
class NearCacheTest {

    private static final long NOW = 1_000;

    private final NearCache cache = new NearCache(DataSize.ofMegabytes(1));
    private volatile StoredEntry row = new StoredEntry("before", NOW + 1);

    /** The writes that may change an entry. */
    enum Change {
        ENTRY {
            @Override
            void run(NearCache cache, Supplier<Boolean> write) {
                cache.change("group", "key", write);
            }
        },
        GROUP {
            @Override
            void run(NearCache cache, Supplier<Boolean> write) {
                cache.changeGroup("group", write);
            }
        },
        PURGE {
            @Override
            void run(NearCache cache, Supplier<Boolean> write) {
                cache.purge(NOW + 1, write);
            }
        };

        abstract void run(NearCache cache, Supplier<Boolean> write);
    }

    private String get() {
        return cache.get("group", "key", NOW, () -> row).orElse("nothing");
    }

    private boolean removeRow() {
        row = StoredEntry.ABSENT;
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void duringAWriteGetsAskTheDatabase(Change change) {
        get();
        change.run(cache, () -> {
            assertThat(get()).isEqualTo("before");
            removeRow();
            assertThat(get()).isEqualTo("nothing");
            return true;
        });
        assertThat(get()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLoadedWhileAWriteBeginsIsForgotten(Change change) throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        CompletableFuture<String> reader = getLater(loading, loaded);
        loading.await();
        Thread writer = new Thread(() -> change.run(cache, this::removeRow));
        writer.start();
        awaitWaitingOrEnd(writer);
        loaded.countDown();
        writer.join();

        // A purge makes it ask again, which may be before or after the write.
        assertThat(reader.join()).isIn("before", "nothing");
        assertThat(get()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLoadedWhileAWriteEndsIsForgotten(Change change) throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        AtomicReference<CompletableFuture<String>> reader = new AtomicReference<>();
        change.run(cache, () -> {
            reader.set(getLater(loading, loaded));
            await(loading);
            return removeRow();
        });
        loaded.countDown();

        assertThat(reader.get().join()).isIn("before", "nothing");
        assertThat(get()).isEqualTo("nothing");
    }

    /** Gets in another thread, which finds the row and then waits. */
    private CompletableFuture<String> getLater(CountDownLatch loading, CountDownLatch loaded) {
        return CompletableFuture.supplyAsync(() -> cache.get("group", "key", NOW, () -> {
                    StoredEntry found = row;
                    loading.countDown();
                    await(loaded);
                    return found;
                })
                .orElse("nothing"));
    }

    /** A write that did not wait for the load would have ended, and the load would be kept after it. */
    private static void awaitWaitingOrEnd(Thread thread) {
        while (!Set.of(State.WAITING, State.BLOCKED, State.TERMINATED).contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAWriteThatFailedEntriesAreKeptAgain(Change change) {
        assertThatIllegalStateException()
                .isThrownBy(() -> change.run(cache, () -> {
                    throw new IllegalStateException("the disk is full");
                }));
        get();
        removeRow();

        assertThat(get()).isEqualTo("before");
    }

    @Test
    void ofTwoWritesTheLastToEndLetsEntriesBeKept() {
        cache.change("group", "key", () -> {
            cache.change("group", "key", () -> true);
            get();
            return removeRow();
        });

        assertThat(get()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void afterTwoWritesAtATimeEntriesAreKeptAgain(Change change) {
        change.run(cache, () -> {
            change.run(cache, () -> true);
            return true;
        });
        get();
        removeRow();

        assertThat(get()).isEqualTo("before");
    }

    @ParameterizedTest
    @CsvSource({
        "10000, 1, 1, x, 10",
        "1, 10000, 1, x, 10",
        "1, 1, 10000, x, 10",
        "1, 1, 10000, é, 10",
        "1, 1, 10000, 世, 5",
        "1, 10000, 1, 世, 5",
        "1, 1, 1, x, 400"
    })
    void anEntryCountsForTheBytesThatJavaTakesForIt(int group, int key, int value, String character, int fit) {
        NearCache small = new NearCache(DataSize.ofBytes(112_000));
        StoredEntry stored = new StoredEntry(character.repeat(value), NOW + 1);
        AtomicInteger loads = new AtomicInteger();
        Runnable getAll = () -> {
            for (int i = 0; i < 1000; i++) {
                small.get(character.repeat(group), character.repeat(key) + i, NOW, () -> {
                    loads.incrementAndGet();
                    return stored;
                });
            }
        };
        getAll.run();
        loads.set(0);
        // During a purge nothing that expires is added.
        small.purge(NOW, () -> {
            getAll.run();
            return true;
        });

        assertThat(1000 - loads.get()).isBetween(1, fit);
    }

    @Test
    void entriesThatAWriteDoesNotTouchStay() {
        get();
        row = StoredEntry.ABSENT;
        Stream.<Runnable>of(
                        () -> cache.change("group", "other", () -> true),
                        () -> cache.changeGroup("other", () -> true),
                        () -> cache.purge(NOW, () -> true))
                .forEach(Runnable::run);

        assertThat(get()).isEqualTo("before");
    }

    @Test
    void entriesOfADeletedGroupMakeRoomForThoseThatAreAskedFor() {
        NearCache small = new NearCache(DataSize.ofKilobytes(100));
        fill(small, "old");
        small.changeGroup("old", () -> true);
        AtomicInteger loads = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            small.get("new", "key", NOW, () -> {
                loads.incrementAndGet();
                return row;
            });
        }

        assertThat(loads).hasValueLessThan(1000);
    }

    private void fill(NearCache cache, String group) {
        for (int i = 0; i < 2000; i++) {
            cache.get(group, "key " + i, NOW, () -> row);
        }
    }

    @Test
    void afterItsGroupWasDeletedAnEntryIsKeptAgain() {
        get();
        cache.changeGroup("group", this::removeRow);
        row = new StoredEntry("set again", NOW + 1);
        assertThat(get()).isEqualTo("set again");
        removeRow();

        assertThat(get()).isEqualTo("set again");
    }

    /** Far more groups than there are marks. */
    @Test
    void ofManyGroupsThatAreDeletedNoneIsForgotten() {
        for (int i = 0; i < 5000; i++) {
            cache.get("group " + i, "key", NOW, () -> row);
        }
        for (int i = 0; i < 5000; i++) {
            cache.changeGroup("group " + i, () -> true);
        }
        removeRow();

        for (int i = 0; i < 5000; i++) {
            assertThat(cache.get("group " + i, "key", NOW, () -> row)).isEmpty();
        }
    }

    @Test
    void afterAPurgeWithTheClockFarAheadEntriesThatExpireAreKeptAgain() {
        cache.purge(NOW + 1_000_000, () -> true);
        get();
        removeRow();

        assertThat(get()).isEqualTo("before");
    }

    /** The clock was set back between the two. */
    @Test
    void aPurgeAtAnEarlierTimeDoesNotUndoALaterOne() {
        cache.purge(NOW + 1, () -> {
            cache.purge(NOW - 1, () -> true);
            return true;
        });
        get();
        cache.purge(NOW + 1, () -> {
            cache.purge(NOW - 1, () -> true);
            return removeRow();
        });

        assertThat(get()).isEqualTo("nothing");
    }
}
