package dev.kvstore.jdbc;

import dev.kvstore.jdbc.NearCacheLincheckTest.Behind;
import dev.kvstore.jdbc.NearCacheLincheckTest.Row;
import dev.kvstore.jdbc.PlantedNearCache.Flaw;
import org.jspecify.annotations.NullUnmarked;

/** A row behind a near cache with each of the planted flaws; Lincheck makes its objects from a class. */
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
            return cache.get(() -> row.row).at(Row.NOW).orElse("nothing");
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

    public static class DoesNotLookForAWrite extends Flawless {

        public DoesNotLookForAWrite() {
            super(Flaw.DOES_NOT_LOOK_FOR_A_WRITE);
        }
    }

    public static class LooksForAWriteWithoutTheLock extends Flawless {

        public LooksForAWriteWithoutTheLock() {
            super(Flaw.LOOKS_FOR_A_WRITE_WITHOUT_THE_LOCK);
        }
    }

    public static class CountsWritesAfterTheLoad extends Flawless {

        public CountsWritesAfterTheLoad() {
            super(Flaw.COUNTS_WRITES_AFTER_THE_LOAD);
        }
    }

    public static class DoesNotLookForADeletion extends Flawless {

        public DoesNotLookForADeletion() {
            super(Flaw.DOES_NOT_LOOK_FOR_A_DELETION);
        }
    }

    public static class ReadsTheMomentAfterTheLoad extends Flawless {

        public ReadsTheMomentAfterTheLoad() {
            super(Flaw.READS_THE_MOMENT_AFTER_THE_LOAD);
        }
    }

    public static class ReadsTheMomentAfterLookingForADeletion extends Flawless {

        public ReadsTheMomentAfterLookingForADeletion() {
            super(Flaw.READS_THE_MOMENT_AFTER_LOOKING_FOR_A_DELETION);
        }
    }

    public static class DoesNotLookForAPurge extends Flawless {

        public DoesNotLookForAPurge() {
            super(Flaw.DOES_NOT_LOOK_FOR_A_PURGE);
        }
    }

    public static class LooksForAPurgeAfterTheLoad extends Flawless {

        public LooksForAPurgeAfterTheLoad() {
            super(Flaw.LOOKS_FOR_A_PURGE_AFTER_THE_LOAD);
        }
    }

    public static class UsesWhatAPurgeRemoves extends Flawless {

        public UsesWhatAPurgeRemoves() {
            super(Flaw.USES_WHAT_A_PURGE_REMOVES);
        }
    }
}
