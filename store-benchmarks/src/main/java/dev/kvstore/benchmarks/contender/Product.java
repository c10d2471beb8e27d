package dev.kvstore.benchmarks.contender;

import static dev.kvstore.benchmarks.contender.Storage.FULL;
import static dev.kvstore.benchmarks.contender.Storage.MEMORY;
import static dev.kvstore.benchmarks.contender.Storage.NORMAL;

import java.nio.file.Path;
import java.util.Set;

/** The products to compare, with the storages that each offers. */
@SuppressWarnings("ImmutableEnumChecker") // the set is a copy, the function has no state
public enum Product {
    KVSTORE("KvStore", KvStoreContender::new, true, MEMORY, NORMAL, FULL),
    // Only by name: it is measured with entries that are in the near cache.
    KVSTORE_CACHED("KvStore with its near cache", KvStoreContender::withNearCache, true),
    RAW("raw driver", RawDriver::open, true, MEMORY, NORMAL, FULL),
    RAW_DEFAULTS("raw driver, its defaults", RawDriver::openWithDefaults, true, MEMORY, NORMAL, FULL),
    RAW_ROWID("raw driver, rowid table", RawDriver::openWithRowid, true, FULL),
    NAIVE("naive JdbcTemplate + Hikari", NaiveJdbcTemplate::new, true, MEMORY, NORMAL, FULL),
    MVSTORE("H2 MVStore", MvStoreContender::new, false, MEMORY, FULL),
    ROCKSDB("RocksDB", RocksDbContender::new, false, NORMAL, FULL),
    LMDB("LMDB", LmdbContender::new, false, NORMAL, FULL),
    XODUS("Xodus", XodusContender::new, false, NORMAL, FULL),
    MAPDB("MapDB", MapDbContender::new, false, MEMORY, FULL),
    CAFFEINE("Caffeine", CaffeineContender::new, true, MEMORY),
    REDIS("Redis on loopback", RedisContender::new, false, MEMORY, NORMAL, FULL);

    private final String label;
    private final Opening opening;
    private final boolean expires;
    private final Set<Storage> storages;

    Product(String label, Opening opening, boolean expires, Storage... storages) {
        this.label = label;
        this.opening = opening;
        this.expires = expires;
        this.storages = Set.of(storages);
    }

    public String label() {
        return label;
    }

    /** Whether single entries can have a ttl. */
    public boolean expires() {
        return expires;
    }

    /** Whether this machine can run the product. */
    public boolean available() {
        return this != REDIS || RedisServer.isOnThePath();
    }

    boolean offers(Storage storage) {
        return storages.contains(storage);
    }

    Contender open(Path directory, Storage storage) {
        return opening.open(directory, storage);
    }

    private interface Opening {
        Contender open(Path directory, Storage storage);
    }
}
