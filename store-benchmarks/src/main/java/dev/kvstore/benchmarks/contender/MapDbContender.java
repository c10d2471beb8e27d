package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/**
 * MapDB. The file is memory-mapped and has a write-ahead log, since only that survives a crash; a write is durable
 * after {@code commit()}. MapDB offers nothing between durable and lost, so that the unsynced file only serves to fill
 * the store.
 */
final class MapDbContender implements Contender {

    private final DB database;
    private final ConcurrentNavigableMap<String, String> entries;
    private final boolean committed;

    MapDbContender(Path directory, Storage storage) {
        this.database = storage == Storage.MEMORY
                ? DBMaker.memoryDB().make()
                : DBMaker.fileDB(directory.resolve("kv.mapdb").toFile())
                        .fileMmapEnableIfSupported()
                        .transactionEnable()
                        .make();
        BTreeMap<String, String> map =
                database.treeMap("kv", Serializer.STRING, Serializer.STRING).createOrOpen();
        this.entries = map;
        this.committed = storage == Storage.FULL;
    }

    @Override
    public @Nullable String get(String group, String key) {
        return entries.get(CompositeKey.of(group, key));
    }

    @Override
    public void set(String group, String key, String value) {
        entries.put(CompositeKey.of(group, key), value);
        commit();
    }

    @Override
    public void delete(String group, String key) {
        entries.remove(CompositeKey.of(group, key));
        commit();
    }

    private void commit() {
        if (committed) {
            database.commit();
        }
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new LinkedHashMap<>();
        rows(group).forEach((key, value) -> all.put(CompositeKey.key(group, key), value));
        return all;
    }

    @Override
    public long count(String group) {
        return rows(group).size();
    }

    private ConcurrentNavigableMap<String, String> rows(String group) {
        return entries.subMap(CompositeKey.first(group), CompositeKey.end(group));
    }

    @Override
    public void close() {
        if (!database.isClosed()) {
            database.commit();
            database.close();
        }
    }
}
