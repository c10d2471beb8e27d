package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
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

/** A cache never returns a value that a write has replaced, in whatever order reads and writes interleave. */
class NearCacheTest {

    private static final long NOW = 1_000;

    private final NearCache cache = new NearCache(DataSize.ofMegabytes(1));
    private volatile StoredEntry row = stored("before");

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
        return text(cache.get("group", "key", NOW, () -> row));
    }

    private static StoredEntry stored(String text) {
        return new StoredEntry(new Value.Text(text), NOW + 1, 1);
    }

    private static String text(StoredEntry entry) {
        return entry.value() instanceof Value.Text text ? text.text() : "nothing";
    }

    private boolean removeRow() {
        row = StoredEntry.ABSENT;
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void duringAWriteReadsBypassTheCache(Change change) {
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
    void anEntryLoadedWhileAWriteBeginsIsNotCached(Change change) throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        CompletableFuture<String> reader = getLater(loading, loaded);
        loading.await();
        Thread writer = new Thread(() -> change.run(cache, this::removeRow));
        writer.start();
        awaitWaitingOrEnd(writer);
        loaded.countDown();
        writer.join();

        // During a purge the reader may load again, before or after the write.
        assertThat(reader.join()).isIn("before", "nothing");
        assertThat(get()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void anEntryLoadedWhileAWriteEndsIsNotCached(Change change) throws Exception {
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

    /** Reads the entry on another thread, which loads the row and then waits. */
    private CompletableFuture<String> getLater(CountDownLatch loading, CountDownLatch loaded) {
        return CompletableFuture.supplyAsync(() -> text(cache.get("group", "key", NOW, () -> {
            StoredEntry found = row;
            loading.countDown();
            await(loaded);
            return found;
        })));
    }

    /** A write that did not wait for the load would have ended, and the loaded row would be cached afterwards. */
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
    void afterAFailedWriteEntriesAreCachedAgain(Change change) {
        assertThatIllegalStateException()
                .isThrownBy(() -> change.run(cache, () -> {
                    throw new IllegalStateException("the disk is full");
                }));
        get();
        removeRow();

        assertThat(get()).isEqualTo("before");
    }

    @Test
    void noEntryIsCachedUntilTheLastOfTwoWritesEnds() {
        cache.change("group", "key", () -> {
            cache.change("group", "key", () -> true);
            get();
            return removeRow();
        });

        assertThat(get()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource
    void afterTwoConcurrentWritesEntriesAreCachedAgain(Change change) {
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
    void anEntryCountsWithTheBytesItTakesOnTheHeap(int group, int key, int value, String character, int fit) {
        NearCache small = new NearCache(DataSize.ofBytes(112_000));
        StoredEntry stored = stored(character.repeat(value));
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
        // During a purge no entry that expires is cached.
        small.purge(NOW, () -> {
            getAll.run();
            return true;
        });

        assertThat(1000 - loads.get()).isBetween(1, fit);
    }

    @Test
    void entriesThatAWriteDoesNotChangeStayCached() {
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
    void entriesOfADeletedGroupAreEvictedForOthers() {
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
    void afterTheDeletionOfItsGroupAnEntryIsCachedAgain() {
        get();
        cache.changeGroup("group", this::removeRow);
        row = stored("set again");
        assertThat(get()).isEqualTo("set again");
        removeRow();

        assertThat(get()).isEqualTo("set again");
    }

    /** Uses far more groups than the cache has marks. */
    @Test
    void noDeletionOfManyGroupsIsMissed() {
        for (int i = 0; i < 5000; i++) {
            cache.get("group " + i, "key", NOW, () -> row);
        }
        for (int i = 0; i < 5000; i++) {
            cache.changeGroup("group " + i, () -> true);
        }
        removeRow();

        for (int i = 0; i < 5000; i++) {
            assertThat(cache.get("group " + i, "key", NOW, () -> row)).isSameAs(StoredEntry.ABSENT);
        }
    }

    @Test
    void afterAPurgeWithTheClockFarAheadExpiringEntriesAreCachedAgain() {
        cache.purge(NOW + 1_000_000, () -> true);
        get();
        removeRow();

        assertThat(get()).isEqualTo("before");
    }

    /** As if the clock was set back between the two purges. */
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
