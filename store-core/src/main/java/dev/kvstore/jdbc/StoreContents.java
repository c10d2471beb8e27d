package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.engine.Change;

/** All that a store contains, for tests that share one. */
public final class StoreContents {

    private StoreContents() {}

    /** Deletes all entries, and ends all leases. */
    public static void delete(JdbcKvStore store) {
        // Purge first: a group that has only expired entries is not listed, and a clock that is set back would revive
        // them.
        store.purgeExpired();
        store.groups("").toList().forEach(store::deleteGroup);
        store.entries().write(new Change.DeleteGroup(OwnGroups.LEASES), Durability.FULL);
    }
}
