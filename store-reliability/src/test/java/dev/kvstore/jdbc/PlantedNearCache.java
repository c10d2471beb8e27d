package dev.kvstore.jdbc;

import dev.kvstore.engine.StoredEntry;
import dev.kvstore.jdbc.NearCache.Cached;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** The near cache of one row with one flaw. Each flaw is a line that a change could lose or move. */
@NullUnmarked
final class PlantedNearCache {

    enum Flaw {
        NONE,
        IGNORES_WRITES,
        CHECKS_WRITES_WITHOUT_THE_LOCK,
        COUNTS_WRITES_AFTER_THE_LOAD,
        IGNORES_DELETIONS,
        READS_THE_TIME_AFTER_THE_LOAD,
        READS_THE_TIME_AFTER_THE_DELETION_CHECK,
        IGNORES_PURGES,
        CHECKS_PURGES_AFTER_THE_LOAD,
        USES_PURGED_ENTRIES
    }

    private static final String ROW = "row";

    private final Flaw flaw;
    private final Map<String, Cached> entries = new ConcurrentHashMap<>();
    private final Invalidations invalidations = new Invalidations();
    private final ChangeCounts entryChanges = new ChangeCounts(1);
    private final ChangeCounts groupChanges = new ChangeCounts(1);
    private final ChangeCounts purges = new ChangeCounts(1);

    PlantedNearCache(Flaw flaw) {
        this.flaw = flaw;
    }

    StoredEntry get(Supplier<StoredEntry> load) {
        Cached cached = entries.get(ROW);
        return cached != null && isCurrent(cached) ? cached.stored() : load(load);
    }

    private boolean isCurrent(Cached cached) {
        long expiresAt = flaw == Flaw.USES_PURGED_ENTRIES
                ? StoredEntry.NEVER
                : cached.stored().expiresAt();
        return !invalidations.cover(ROW, expiresAt, cached.loadedAt());
    }

    private StoredEntry load(Supplier<StoredEntry> load) {
        long loadedAt = invalidations.moment();
        long changesBefore = entryChanges.idleSince(0);
        boolean groupIsIdle = isIdle(groupChanges) || flaw == Flaw.IGNORES_DELETIONS;
        if (flaw == Flaw.READS_THE_TIME_AFTER_THE_DELETION_CHECK) {
            loadedAt = invalidations.moment();
        }
        boolean noPurge = isIdle(purges) || flaw == Flaw.IGNORES_PURGES;

        StoredEntry stored = load.get();
        switch (flaw) {
            case COUNTS_WRITES_AFTER_THE_LOAD -> changesBefore = entryChanges.idleSince(0);
            case READS_THE_TIME_AFTER_THE_LOAD -> loadedAt = invalidations.moment();
            case CHECKS_PURGES_AFTER_THE_LOAD -> noPurge = isIdle(purges);
            default -> {}
        }
        if (groupIsIdle && (noPurge || stored.expiresAt() == StoredEntry.NEVER)) {
            cache(new Cached(stored, loadedAt), changesBefore);
        }
        return stored;
    }

    private static boolean isIdle(ChangeCounts changes) {
        return changes.idleSince(0) != ChangeCounts.UNDER_WAY;
    }

    private void cache(Cached cached, long changesBefore) {
        if (flaw == Flaw.IGNORES_WRITES) {
            entries.put(ROW, cached);
        } else if (flaw == Flaw.CHECKS_WRITES_WITHOUT_THE_LOCK) {
            if (entryChanges.noneSince(changesBefore, 0)) {
                entries.put(ROW, cached);
            }
        } else {
            entries.compute(ROW, (same, old) -> entryChanges.noneSince(changesBefore, 0) ? cached : old);
        }
    }

    void change(Runnable write) {
        entryChanges.begin(0);
        try {
            entries.remove(ROW);
            write.run();
        } finally {
            entryChanges.end(0);
        }
    }

    void changeGroup(Runnable write) {
        groupChanges.begin(0);
        try {
            invalidations.markGroup(ROW);
            write.run();
        } finally {
            groupChanges.end(0);
        }
    }

    void purge(long now, Runnable purge) {
        purges.begin(0);
        try {
            invalidations.markExpired(now);
            purge.run();
        } finally {
            purges.end(0);
        }
    }
}
