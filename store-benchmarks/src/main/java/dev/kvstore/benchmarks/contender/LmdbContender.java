package dev.kvstore.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.CursorIterable.KeyVal;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.KeyRange;
import org.lmdbjava.Txn;

/**
 * LMDB. Every write is a transaction, which LMDB syncs itself; {@code MDB_NOSYNC} leaves that to the operating system.
 * Read transactions are not bound to threads ({@code MDB_NOTLS}), as lmdbjava's documentation recommends for thread
 * pools.
 */
final class LmdbContender implements Contender {

    private static final long MAP_SIZE = 1L << 30;
    private static final int MOST_READERS = 126;
    private static final int BUFFER = 4096;

    private final ThreadLocal<ByteBuffer> keys = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));
    private final ThreadLocal<ByteBuffer> values = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));
    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> entries;

    LmdbContender(Path directory, Storage storage) {
        Env.Builder<ByteBuffer> builder =
                Env.create().setMapSize(MAP_SIZE).setMaxDbs(1).setMaxReaders(MOST_READERS);
        environment = storage == Storage.FULL
                ? builder.open(directory.toFile(), EnvFlags.MDB_NOTLS)
                : builder.open(directory.toFile(), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC);
        entries = environment.openDbi("kv", DbiFlags.MDB_CREATE);
    }

    @Override
    public @Nullable String get(String group, String key) {
        try (Txn<ByteBuffer> transaction = environment.txnRead()) {
            ByteBuffer value = entries.get(transaction, buffer(keys, CompositeKey.bytes(group, key)));
            return value == null ? null : text(value);
        }
    }

    @Override
    public void set(String group, String key, String value) {
        entries.put(buffer(keys, CompositeKey.bytes(group, key)), buffer(values, CompositeKey.utf8(value)));
    }

    @Override
    public void delete(String group, String key) {
        entries.delete(buffer(keys, CompositeKey.bytes(group, key)));
    }

    @Override
    public Map<String, String> getAll(String group) {
        Map<String, String> all = new LinkedHashMap<>();
        try (Txn<ByteBuffer> transaction = environment.txnRead();
                CursorIterable<ByteBuffer> rows = entries.iterate(transaction, range(group))) {
            for (KeyVal<ByteBuffer> row : rows) {
                all.put(CompositeKey.key(group, text(row.key())), text(row.val()));
            }
        }
        return all;
    }

    @Override
    public long count(String group) {
        long count = 0;
        try (Txn<ByteBuffer> transaction = environment.txnRead();
                CursorIterable<ByteBuffer> rows = entries.iterate(transaction, range(group))) {
            for (KeyVal<ByteBuffer> ignored : rows) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        environment.close();
    }

    private KeyRange<ByteBuffer> range(String group) {
        return KeyRange.closedOpen(
                buffer(keys, CompositeKey.utf8(CompositeKey.first(group))),
                buffer(values, CompositeKey.utf8(CompositeKey.end(group))));
    }

    private static ByteBuffer buffer(ThreadLocal<ByteBuffer> kept, byte[] bytes) {
        return kept.get().clear().put(bytes).flip();
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }
}
