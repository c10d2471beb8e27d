package dev.kvstore.jdbc;

import dev.kvstore.jdbc.NearCacheLincheckTest.Behind;
import dev.kvstore.jdbc.NearCacheLincheckTest.Row;
import dev.kvstore.jdbc.PlantedNearCache.Flaw;
import org.jspecify.annotations.NullUnmarked;

/** A row behind a near cache with each of the planted flaws, one class each, since Lincheck instantiates classes. */
@NullUnmarked
final class FlawedNearCaches {

    private FlawedNearCaches() {}

    public static class Flawless extends Behind {

        private final PlantedNearCache cache;

        public Flawless() {
            this(Flaw.NONE);
        }

        Flawless(Flaw flaw) {
            cache = new PlantedNearCache(flaw);
        }

        @Override
        public String get() {
            return Row.text(cache.get(() -> row.row).at(Row.NOW));
        }

        @Override
        void change(Runnable write) {
            cache.change(write);
        }

        @Override
        public void deleteGroup() {
            cache.changeGroup(row::deleteGroup);
        }

        @Override
        public void purge() {
            cache.purge(Row.PURGED, row::purge);
        }
    }

    public static class IgnoresWrites extends Flawless {

        public IgnoresWrites() {
            super(Flaw.IGNORES_WRITES);
        }
    }

    public static class ChecksWritesWithoutTheLock extends Flawless {

        public ChecksWritesWithoutTheLock() {
            super(Flaw.CHECKS_WRITES_WITHOUT_THE_LOCK);
        }
    }

    public static class CountsWritesAfterTheLoad extends Flawless {

        public CountsWritesAfterTheLoad() {
            super(Flaw.COUNTS_WRITES_AFTER_THE_LOAD);
        }
    }

    public static class IgnoresDeletions extends Flawless {

        public IgnoresDeletions() {
            super(Flaw.IGNORES_DELETIONS);
        }
    }

    public static class ReadsTheTimeAfterTheLoad extends Flawless {

        public ReadsTheTimeAfterTheLoad() {
            super(Flaw.READS_THE_TIME_AFTER_THE_LOAD);
        }
    }

    public static class ReadsTheTimeAfterTheDeletionCheck extends Flawless {

        public ReadsTheTimeAfterTheDeletionCheck() {
            super(Flaw.READS_THE_TIME_AFTER_THE_DELETION_CHECK);
        }
    }

    public static class IgnoresPurges extends Flawless {

        public IgnoresPurges() {
            super(Flaw.IGNORES_PURGES);
        }
    }

    public static class ChecksPurgesAfterTheLoad extends Flawless {

        public ChecksPurgesAfterTheLoad() {
            super(Flaw.CHECKS_PURGES_AFTER_THE_LOAD);
        }
    }

    public static class UsesPurgedEntries extends Flawless {

        public UsesPurgedEntries() {
            super(Flaw.USES_PURGED_ENTRIES);
        }
    }
}
