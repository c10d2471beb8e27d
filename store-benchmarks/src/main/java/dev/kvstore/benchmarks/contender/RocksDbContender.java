package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with the settings of its page "Setup Options and Basic Tuning". Durable writes use {@code sync}; RocksDB
 * commits them in groups.
 */
final class RocksDbContender implements Contender {

    static {
        RocksDB.loadLibrary();
    }

    private final BloomFilter filter = new BloomFilter(10);
    private final Options options = new Options();
    private final WriteOptions writing = new WriteOptions();
    private final RocksDB database;

    RocksDbContender(Path directory, Storage storage) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockSize(16 * 1024)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(filter);
        options.setCreateIfMissing(true)
                .setLevelCompactionDynamicLevelBytes(true)
                .setBytesPerSync(1 << 20)
                .setTableFormatConfig(table);
        writing.setSync(storage == Storage.FULL);
        try {
            database = RocksDB.open(options, directory.resolve("rocksdb").toString());
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public @Nullable String get(String group, String key) {
        try {
            byte[] value = database.get(CompositeKey.bytes(group, key));
            return value == null ? null : CompositeKey.text(value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public void set(String group, String key, String value) {
        try {
            database.put(writing, CompositeKey.bytes(group, key), CompositeKey.utf8(value));
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public void delete(String group, String key) {
        try {
            database.delete(writing, CompositeKey.bytes(group, key));
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new LinkedHashMap<>();
        scan(group, (key, row) -> all.put(key, CompositeKey.text(row.value())));
        return all;
    }

    @Override
    public Map<String, String> page(String group, String from, int limit) {
        Map<String, String> page = new LinkedHashMap<>();
        try (Slice end = new Slice(CompositeKey.utf8(CompositeKey.end(group)));
                ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                RocksIterator row = database.newIterator(reading)) {
            for (row.seek(CompositeKey.bytes(group, from)); row.isValid() && page.size() < limit; row.next()) {
                page.put(CompositeKey.key(group, CompositeKey.text(row.key())), CompositeKey.text(row.value()));
            }
            row.status();
            return page;
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public long count(String group) {
        long[] count = {0};
        scan(group, (key, row) -> count[0]++);
        return count[0];
    }

    private void scan(String group, Visitor visitor) {
        byte[] first = CompositeKey.utf8(CompositeKey.first(group));
        try (Slice end = new Slice(CompositeKey.utf8(CompositeKey.end(group)));
                ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                RocksIterator row = database.newIterator(reading)) {
            for (row.seek(first); row.isValid(); row.next()) {
                visitor.visit(CompositeKey.key(group, CompositeKey.text(row.key())), row);
            }
            row.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        database.close();
        writing.close();
        options.close();
        filter.close();
    }

    private static IllegalStateException failed(RocksDBException e) {
        return new IllegalStateException("RocksDB failed", e);
    }

    private interface Visitor {
        void visit(String key, RocksIterator row);
    }
}
