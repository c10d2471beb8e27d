package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kvstore.engine.StoredEntry;
import dev.kvstore.reliability.Interleavings;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** A row that is read through the cache reads as one that is not, whoever changes it meanwhile. */
@NullUnmarked
class NearCacheLincheckTest {

    // A load, and what changes the row. A row that is kept although it was loaded too early shows in the second get.
    private static final String[] LOAD_AND_SET = {"get get", "set"};
    private static final String[] LOAD_AND_DELETION = {"get get", "deleteGroup"};
    private static final String[] LOAD_AND_PURGE = {"get get", "purge"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(Row.class)
            .of(LOAD_AND_SET)
            .of(LOAD_AND_DELETION)
            .of(LOAD_AND_PURGE)
            .of("get get", "delete", "setUntilPurge get")
            // What Caffeine does to keep its size: thousands of steps that change no outcome.
            .notIn(
                    "com.github.benmanes.caffeine.",
                    Set.of("newBuilder", "build", "afterRead", "afterWrite", "scheduleDrainBuffers", "maintenance"));

    @Test
    void theCacheIsExactInEveryInterleavingThatIsWalked() {
        SCENARIOS.walk(Cached.class, "near cache");
    }

    @Test
    void theCacheIsExactWhenThreadsRace() {
        SCENARIOS.race(Cached.class);
    }

    @Test
    void theCacheThatFlawsArePlantedInIsExactWithoutOne() {
        SCENARIOS.walk(FlawedNearCaches.Flawless.class);
    }

    /** The control of the race. */
    @Test
    void aPlantedFlawIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(FlawedNearCaches.DoesNotLookForAWrite.class, "get", "set get"))
                .withMessageContaining("Invalid execution results");
    }

    static Stream<Arguments> flawed() {
        return Stream.of(
                arguments(FlawedNearCaches.DoesNotLookForAWrite.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.LooksForAWriteWithoutTheLock.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.CountsWritesAfterTheLoad.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.DoesNotLookForADeletion.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.ReadsTheMomentAfterTheLoad.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.ReadsTheMomentAfterLookingForADeletion.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.DoesNotLookForAPurge.class, LOAD_AND_PURGE),
                arguments(FlawedNearCaches.LooksForAPurgeAfterTheLoad.class, LOAD_AND_PURGE),
                arguments(FlawedNearCaches.UsesWhatAPurgeRemoves.class, LOAD_AND_PURGE));
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void aPlantedFlawIsFoundByWalking(Class<?> flawed, String[] threads) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(flawed, threads))
                .withMessageContaining("Invalid execution results");
    }

    /** A row of a table, without a cache. */
    public static class Row {

        /** Purges are at a later time than gets, as when the clock was set back. */
        static final long NOW = 1;

        static final long PURGED = 2;

        volatile StoredEntry row = new StoredEntry("first", PURGED);

        @Operation
        public String get() {
            return row.at(NOW).orElse("nothing");
        }

        @Operation
        public void set() {
            row = new StoredEntry("set", StoredEntry.NEVER);
        }

        @Operation
        public void setUntilPurge() {
            row = new StoredEntry("set until purge", PURGED);
        }

        @Operation
        public void delete() {
            row = StoredEntry.ABSENT;
        }

        @Operation
        public void deleteGroup() {
            row = StoredEntry.ABSENT;
        }

        @Operation
        public synchronized void purge() {
            row = row.expiresAt() <= PURGED ? StoredEntry.ABSENT : row;
        }
    }

    /** The same row behind a cache. */
    public abstract static class Behind {

        final Row row = new Row();

        @Operation
        public abstract String get();

        @Operation
        public void set() {
            change(row::set);
        }

        @Operation
        public void setUntilPurge() {
            change(row::setUntilPurge);
        }

        @Operation
        public void delete() {
            change(row::delete);
        }

        abstract void change(Runnable write);

        @Operation
        public abstract void deleteGroup();

        @Operation
        public abstract void purge();
    }

    public static class Cached extends Behind {

        private final NearCache cache = new NearCache(DataSize.ofMegabytes(1));

        @Override
        public String get() {
            return cache.get("group", "key", Row.NOW, () -> row.row).orElse("nothing");
        }

        @Override
        void change(Runnable write) {
            cache.change("group", "key", () -> done(write));
        }

        @Override
        public void deleteGroup() {
            cache.changeGroup("group", () -> done(row::deleteGroup));
        }

        @Override
        public void purge() {
            cache.purge(Row.PURGED, () -> done(row::purge));
        }

        private static boolean done(Runnable write) {
            write.run();
            return true;
        }
    }
}
