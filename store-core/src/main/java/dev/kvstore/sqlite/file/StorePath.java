package dev.kvstore.sqlite.file;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides what a path of a store may be, and which file it means.
 *
 * <p>An absolute path means the file of that name, whatever its characters. A relative path is refused when it begins
 * with something that only a shell, Spring or JDBC would understand: it would silently create a directory of that name.
 */
public final class StorePath {

    private static final Set<String> SCHEMES =
            Set.of("file", "classpath", "classpath*", "jdbc", "jar", "http", "https");

    /**
     * The endings that SQLite appends to the name of a database for its own files (https://sqlite.org/tempfiles.html).
     */
    private static final List<String> ENDS_OF_SQLITE = List.of("-journal", "-wal", "-shm");

    /** The number that Linux follows (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private StorePath() {}

    /** Refuses a path that cannot mean what its author intended. */
    public static void require(Path file) {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw LocationFailures.path(
                    file,
                    "the path belongs to another file system than the machine's, such as an archive",
                    "Name a file on a disk of this machine.");
        }
        if (!file.isAbsolute() && file.getNameCount() > 0) {
            requirePlain(file, file.getName(0).toString());
        }
        if (isOnShare(file.toUri())) {
            throw LocationFailures.path(
                    file,
                    "the path names a network share, where SQLite's locks and write-ahead log do not work",
                    "Name a file on a disk of this machine.");
        }
    }

    private static void requirePlain(Path file, String first) {
        if (first.equals("~")) {
            throw LocationFailures.path(
                    file,
                    "'~' is the home directory to a shell only, here it would be a directory of that name",
                    "Write the home directory itself; in a property, '${user.home}/' in place of '~/'.");
        }
        int colon = first.indexOf(':');
        if (colon > 0 && SCHEMES.contains(first.substring(0, colon).toLowerCase(Locale.ROOT))) {
            throw LocationFailures.path(
                    file,
                    "'" + first.substring(0, colon + 1) + "' makes it a URL, where a plain path is expected",
                    "Leave out '" + first.substring(0, colon + 1)
                            + "' and name a file on a disk. A file whose name really"
                            + " begins so is named by its absolute path.");
        }
        if (!first.equals(first.stripLeading())) {
            throw LocationFailures.path(
                    file,
                    "the path begins with a blank",
                    "Remove it. A file whose name really begins so is named by its absolute path.");
        }
    }

    /** Whether a path, as a URI, has a host: SQLite refuses it, and a share has no working locks. */
    static boolean isOnShare(URI file) {
        return file.getAuthority() != null;
    }

    /** Refuses a file that may be part of another database. The name of a link to it does not matter. */
    static void requireOwnName(Path file, Path target) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        for (String end : ENDS_OF_SQLITE) {
            if (name.endsWith(end)) {
                throw LocationFailures.path(
                        file,
                        "its name ends in '" + end + "', as a file that SQLite creates beside a database, and deletes",
                        "Choose another name, such as 'kvstore.db'.");
            }
        }
    }

    /** The file that a path means: follows symbolic links, even to a missing file. */
    static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : target(file, new int[1]);
    }

    private static Path target(Path path, int[] links) throws IOException {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            return path;
        }
        Path directory = target(parent, links);
        Path resolved = directory.resolve(name);
        if (!Files.isSymbolicLink(resolved)) {
            return resolved;
        }
        if (++links[0] > MOST_LINKS) {
            throw new FileSystemLoopException(path.toString());
        }
        return target(directory.resolve(Files.readSymbolicLink(resolved)), links);
    }
}
