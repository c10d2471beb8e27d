package dev.kvstore.sqlite.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Refuses a database that has a second name: SQLite keeps the write-ahead log and its index beside the name by which
 * the file was opened, so that two names have two WALs (https://sqlite.org/howtocorrupt.html, 2.5). A second name is a
 * hard link, or a mount of the file itself; a symbolic link is none, since SQLite follows it.
 *
 * <p>Checked when a store is opened, and not again while it is open: another store that opens the file by a later link
 * is refused, while a backup that makes hard links does not stop the writes of an open store.
 */
final class SecondName {

    private static final Log log = LogFactory.getLog(SecondName.class);

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** The number of words before the mount point in a line (proc_pid_mountinfo(5)). */
    private static final int WORDS_BEFORE_MOUNT_POINT = 4;

    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private SecondName() {}

    /** Refuses a file that exists when it has more than one name. */
    static void requireNone(Path file, Path target) throws IOException {
        if (!target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int names = (int) Files.getAttribute(target, "unix:nlink");
        if (names > 1) {
            throw LocationFailures.hardLinks(file, names);
        }
        if (isMountPoint(target)) {
            throw LocationFailures.fileIsMountPoint(file);
        }
    }

    // The device differs as well, but a bind mount has that of its directory, and in an overlay a file has another one.
    private static boolean isMountPoint(Path target) throws IOException {
        if (!Files.exists(MOUNTS)) {
            return !Objects.equals(device(target), device(Objects.requireNonNull(target.getParent())));
        }
        try {
            // The charset by which Java decodes paths; undecodable bytes are replaced.
            return new String(
                            Files.readAllBytes(MOUNTS),
                            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")))
                    .lines()
                    .map(SecondName::mountPoint)
                    .anyMatch(target.toString()::equals);
        } catch (IOException e) {
            log.debug("The mount points of this process are unknown", e);
            return false;
        }
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    /** The mount point in a line of mountinfo, where blanks and line breaks are written as octal numbers. */
    static String mountPoint(String line) {
        String[] words = line.split(" ", WORDS_BEFORE_MOUNT_POINT + 2);
        return words.length <= WORDS_BEFORE_MOUNT_POINT
                ? ""
                : ESCAPED.matcher(words[WORDS_BEFORE_MOUNT_POINT]).replaceAll(SecondName::unescaped);
    }

    private static String unescaped(MatchResult escaped) {
        return Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escaped.group(1), 8)));
    }
}
