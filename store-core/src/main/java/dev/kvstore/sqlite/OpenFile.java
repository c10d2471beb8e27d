package dev.kvstore.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A file that a store of this process has open, alone or with others. The lock that SQLite holds for a store that is alone
 * keeps out other processes only.
 */
final class OpenFile implements AutoCloseable {

    private static final Map<Object, Set<OpenFile>> OPEN = new HashMap<>();

    private final Object key;
    private final boolean alone;

    private OpenFile(Object key, boolean alone) {
        this.key = key;
        this.alone = alone;
    }

    /**
     * Notes that a store has a file open.
     *
     * @throws dev.kvstore.KvOpenException when it, or another store, has to be alone
     */
    static OpenFile open(Path file, boolean alone) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = Objects.requireNonNullElseGet(attributes.fileKey(), file::normalize);
        synchronized (OPEN) {
            Set<OpenFile> others = OPEN.get(key);
            if (others != null && (alone || others.iterator().next().alone)) {
                throw OpenFailures.notAlone(file);
            }
            OpenFile opened = new OpenFile(key, alone);
            OPEN.computeIfAbsent(key, unused -> new HashSet<>()).add(opened);
            return opened;
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            OPEN.computeIfPresent(key, (unused, stores) -> {
                stores.remove(this);
                return stores.isEmpty() ? null : stores;
            });
        }
    }
}
