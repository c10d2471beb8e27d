package dev.kvstore.sqlite.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Checks that the driver can unpack SQLite's native library before the driver tries: a driver that fails logs a stack
 * trace for each of its attempts, more than a hundred lines before our message.
 */
public final class NativeLibrary {

    /** More than the largest of the libraries in the driver's jar, which has 1.3 MB. */
    private static final int SPACE = 2 * 1024 * 1024;

    private NativeLibrary() {}

    /** Fails if the driver would, and logs nothing. */
    public static void requireLoadable() throws IOException {
        if (isLoaded()) {
            return;
        }
        try {
            tryToUnpackInto(temporaryDirectory());
        } catch (IOException e) {
            if (mustBeUnpacked()) {
                throw e;
            }
        }
    }

    /** Where the driver unpacks the library. */
    static Path temporaryDirectory() {
        return Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", "")));
    }

    private static boolean isLoaded() {
        try {
            new NativeDB("", "", new SQLiteConfig()).libversion();
            return true;
        } catch (SQLException | UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static void tryToUnpackInto(Path directory) throws IOException {
        Path probe = directory.resolve("sqlite-" + UUID.randomUUID() + ".probe");
        File file = probe.toFile();
        try {
            Files.write(probe, new byte[SPACE], StandardOpenOption.CREATE_NEW);
            if (file.setExecutable(true) && hasExecutableBit(probe) && !file.canExecute()) {
                throw new FileSystemException(directory.toString(), null, "no file in it can be executed");
            }
        } finally {
            if (!file.delete()) {
                file.deleteOnExit();
            }
        }
    }

    /** FAT has no such bit, for instance, and libraries can be loaded from it all the same. */
    private static boolean hasExecutableBit(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    /** Whether the driver finds the library in its jar and in none of the directories that it searches too. */
    private static boolean mustBeUnpacked() {
        String name = System.getProperty("org.sqlite.lib.name", LibraryLoaderUtil.getNativeLibName());
        Stream<String> directories = Stream.concat(
                Stream.ofNullable(System.getProperty("org.sqlite.lib.path")),
                Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator)));
        return directories.noneMatch(directory -> new File(directory, name).exists())
                && SQLiteConfig.class.getResource(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name) != null;
    }
}
