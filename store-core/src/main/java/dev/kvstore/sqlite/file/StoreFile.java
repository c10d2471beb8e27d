package dev.kvstore.sqlite.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Prepares the place of a database: the directory, and an empty file that only its owner can read.
 *
 * <p>Nothing here opens an existing file: in a process that may have the database open, closing such a descriptor would
 * drop the locks of SQLite (https://sqlite.org/howtocorrupt.html, 2.2).
 */
public final class StoreFile {

    private static final Log log = LogFactory.getLog(StoreFile.class);

    private static final Set<PosixFilePermission> OF_OTHER_USERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private StoreFile() {}

    /** Refuses a place that cannot hold a store, and creates the file if it is missing. */
    public static void prepare(Path file, boolean readOnly) {
        Path target = target(file);
        StorePath.requireOwnName(file, target);
        requireDatabaseOfWal(file, target);
        if (Files.exists(target)) {
            requireUsable(file, target, readOnly);
        } else if (readOnly) {
            throw OpenFailures.missing(file);
        } else {
            create(file, target);
        }
        warnAboutNetwork(file);
    }

    private static Path target(Path file) {
        try {
            return StorePath.target(file);
        } catch (IOException e) {
            throw OpenFailures.directory(file, e);
        }
    }

    /** SQLite treats an empty or missing file as a new database, and deletes the WAL beside it. */
    private static void requireDatabaseOfWal(Path file, Path target) {
        try {
            Path wal = FileIdentity.walBeside(target);
            // Check the WAL before the database: a process that creates a store creates the database first.
            if (Files.exists(wal) && Files.size(wal) > 0 && (!Files.exists(target) || Files.size(target) == 0)) {
                throw OpenFailures.walWithoutDatabase(file, wal);
            }
        } catch (IOException e) {
            throw OpenFailures.directory(file, e);
        }
    }

    private static void requireUsable(Path file, Path target, boolean readOnly) {
        if (!Files.isRegularFile(target)) {
            throw OpenFailures.isNoFile(file);
        }
        requireOneName(file, target);
        if (!Files.isReadable(file) || (!readOnly && !Files.isWritable(file))) {
            throw OpenFailures.notWritable(file, null);
        }
        warnAboutOtherUsers(file);
    }

    private static void requireOneName(Path file, Path target) {
        try {
            SecondName.requireNone(file, target);
        } catch (IOException e) {
            throw OpenFailures.directory(file, e);
        }
    }

    private static void create(Path file, Path target) {
        try {
            List<Path> missing = missingParts(target);
            Path directory = target.getParent();
            if (directory != null) {
                Files.createDirectories(directory, mode(target, "rwx------"));
            }
            // An empty file is an empty database; the WAL inherits its mode.
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.newByteChannel(target, options, mode(target, "rw-------")).close();
            missing.forEach(StoreFile::syncName);
        } catch (FileAlreadyExistsException e) {
            // Another process was first, or a part of the path is not a directory.
            if (!Files.isRegularFile(target)) {
                throw OpenFailures.directory(file, e);
            }
        } catch (IOException e) {
            throw OpenFailures.directory(file, e);
        }
    }

    private static List<Path> missingParts(Path file) {
        List<Path> missing = new ArrayList<>();
        for (Path part = file; part != null && !Files.exists(part); part = part.getParent()) {
            missing.add(part);
        }
        return missing;
    }

    // Syncing a new file need not sync its name: a power cut could remove the file with everything synced in it.
    private static void syncName(Path created) {
        Path directory = created.getParent();
        if (directory == null) {
            return;
        }
        boolean interrupted = false;
        while (!syncDirectory(directory)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false when an interrupt closed the channel before or during the sync. */
    private static boolean syncDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (IOException e) {
            log.debug("This file system does not sync directories", e);
        }
        return true;
    }

    private static FileAttribute<?>[] mode(Path file, String permissions) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void warnAboutOtherUsers(Path file) {
        try {
            if (isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHER_USERS::contains)) {
                log.warn("Store '" + file + "' can be read or written by other users of this machine;"
                        + " consider chmod 600");
            }
        } catch (IOException e) {
            log.debug("No permissions of '" + file + "'", e);
        }
    }

    private static void warnAboutNetwork(Path file) {
        try {
            String type = Files.getFileStore(file).type();
            if (NetworkFileSystem.is(type)) {
                log.warn("Store '" + file + "' is on a network or shared file system (" + type
                        + "), where SQLite's locks"
                        + " and write-ahead log do not work: data can be lost. Choose a local disk");
            }
        } catch (IOException e) {
            log.debug("No file store of '" + file + "'", e);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
