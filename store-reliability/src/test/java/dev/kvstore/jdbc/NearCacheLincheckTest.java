package dev.kvstore.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
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

/** A read through the near cache returns the same as one without it, also during concurrent changes of the row. */
@NullUnmarked
class NearCacheLincheckTest {

    // A load and a concurrent change of the row. The second get reveals a row that was cached although it is stale.
    private static final String[] LOAD_AND_SET = {"get get", "set"};
    private static final String[] LOAD_AND_DELETION = {"get get", "deleteGroup"};
    private static final String[] LOAD_AND_PURGE = {"get get", "purge"};

    private static final Interleavings SCENARIOS = Interleavings.comparedWith(Row.class)
            .of(LOAD_AND_SET)
            .of(LOAD_AND_DELETION)
            .of(LOAD_AND_PURGE)
            .of("get get", "delete", "setUntilPurge get")
            // Caffeine's maintenance of its size: thousands of steps that do not affect the results.
            .notIn(
                    "com.github.benmanes.caffeine.",
                    Set.of("newBuilder", "build", "afterRead", "afterWrite", "scheduleDrainBuffers", "maintenance"));

    @Test
    void theNearCacheIsExactInEveryInterleaving() {
        SCENARIOS.walk(Cached.class, "near cache");
    }

    @Test
    void theNearCacheIsExactWhenThreadsRace() {
        SCENARIOS.race(Cached.class);
    }

    @Test
    void theNearCacheForPlantedFlawsIsExactWithoutOne() {
        SCENARIOS.walk(FlawedNearCaches.Flawless.class);
    }

    /** The negative control of the race. */
    @Test
    void aPlantedFlawIsFoundByARace() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seekByRace(FlawedNearCaches.IgnoresWrites.class, "get", "set get"))
                .withMessageContaining("Invalid execution results");
    }

    static Stream<Arguments> flawed() {
        return Stream.of(
                arguments(FlawedNearCaches.IgnoresWrites.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.ChecksWritesWithoutTheLock.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.CountsWritesAfterTheLoad.class, LOAD_AND_SET),
                arguments(FlawedNearCaches.IgnoresDeletions.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.ReadsTheTimeAfterTheLoad.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.ReadsTheTimeAfterTheDeletionCheck.class, LOAD_AND_DELETION),
                arguments(FlawedNearCaches.IgnoresPurges.class, LOAD_AND_PURGE),
                arguments(FlawedNearCaches.ChecksPurgesAfterTheLoad.class, LOAD_AND_PURGE),
                arguments(FlawedNearCaches.UsesPurgedEntries.class, LOAD_AND_PURGE));
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void aPlantedFlawIsFoundByModelChecking(Class<?> flawed, String[] threads) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SCENARIOS.seek(flawed, threads))
                .withMessageContaining("Invalid execution results");
    }

    /** A row of a table, without a near cache. */
    public static class Row {

        /** Purges use a later time than gets, as if the clock had been set back. */
        static final long NOW = 1;

        static final long PURGED = 2;

        volatile StoredEntry row = new StoredEntry(new Value.Text("first"), PURGED, 1);

        @Operation
        public String get() {
            return text(row.at(NOW));
        }

        static String text(StoredEntry entry) {
            return entry.value() instanceof Value.Text text ? text.text() : "nothing";
        }

        @Operation
        public void set() {
            row = new StoredEntry(new Value.Text("set"), StoredEntry.NEVER, 1);
        }

        @Operation
        public void setUntilPurge() {
            row = new StoredEntry(new Value.Text("set until purge"), PURGED, 1);
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

    /** The same row behind a near cache. */
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
            return Row.text(cache.get("group", "key", Row.NOW, () -> row.row));
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
