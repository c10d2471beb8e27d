package dev.kvstore.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/**
 * A file that a store of this JVM has open, exclusively or with others.
 *
 * <p>SQLite's locks exclude other processes only: POSIX locks belong to the process, and within it each copy of the
 * driver excludes only its own connections (https://sqlite.org/howtocorrupt.html, 2.2). Two web applications with a
 * driver each, in the class loaders of one server, would damage the file. So open files are registered in a place that
 * all class loaders of the JVM share: the system properties, one for each file, changed atomically by
 * {@link java.util.Properties#compute}. The values are text, since an object there makes {@code Properties.list} and
 * {@code store} of a host fail.
 *
 * <p>A property stays until the connections are closed, even when the class loader of the store is dropped: its locks
 * stay as well.
 */
public final class OpenFile implements AutoCloseable {

    private static final String PROPERTY_PREFIX = "dev.kvstore.open-file.";

    /**
     * Identifies the driver of this class loader. The hash code of one class could equal that of another driver's;
     * those of three do not, and all copies of the store that share the driver see the same.
     */
    private static final String DRIVER = Stream.of(JDBC.class, SQLiteConfig.class, SQLiteJDBCLoader.class)
            .map(type -> Integer.toHexString(System.identityHashCode(type)))
            .collect(Collectors.joining("."));

    private final String property;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OpenFile(String property) {
        this.property = property;
    }

    /**
     * Registers that a store has a file open.
     * @throws dev.kvstore.KvOpenException when another driver has it open, or when this store or another one needs it
     *     exclusively
     */
    public static OpenFile open(Path file, boolean exclusive) throws IOException {
        OpenFile opened = new OpenFile(PROPERTY_PREFIX + key(file));
        System.getProperties().compute(opened.property, (unused, found) -> {
            Note note = Note.of(found);
            if (note == null) {
                return new Note(DRIVER, 1, exclusive).text();
            }
            if (!note.driver.equals(DRIVER)) {
                throw LocationFailures.otherDriver(file);
            }
            if (exclusive || note.exclusive) {
                throw OpenFailures.notExclusive(file);
            }
            return note.withStores(note.stores + 1).text();
        });
        return opened;
    }

    /** Device and inode, or the path where the file system has none. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        System.getProperties().computeIfPresent(property, (unused, found) -> {
            Note note = Note.of(found);
            // Of another driver only when somebody has replaced the system properties in the meantime.
            if (note == null || !note.driver.equals(DRIVER)) {
                return found;
            }
            return note.stores == 1 ? null : note.withStores(note.stores - 1).text();
        });
    }

    /** The registration of a file. Another version of the library may read it: the first word is always the driver. */
    private record Note(String driver, int stores, boolean exclusive) {

        private static final String EXCLUSIVE = "exclusive";
        private static final String SHARED = "shared";

        static @Nullable Note of(@Nullable Object found) {
            if (found == null) {
                return null;
            }
            String[] words = found.toString().split(" ", -1);
            boolean understood = words.length == 3 && words[1].matches("[1-9][0-9]{0,8}");
            return understood
                    ? new Note(words[0], Integer.parseInt(words[1]), !words[2].equals(SHARED))
                    : new Note(words[0], 1, true);
        }

        Note withStores(int count) {
            return new Note(driver, count, exclusive);
        }

        String text() {
            return driver + " " + stores + " " + (exclusive ? EXCLUSIVE : SHARED);
        }
    }
}
