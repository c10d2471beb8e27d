package dev.kvstore.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** A temporary mount, which needs the superuser on Linux. */
public final class Mount implements AutoCloseable {

    private final Path directory;

    private Mount(Path directory) {
        this.directory = directory;
    }

    /** Makes a directory with its contents read-only, even for the superuser. */
    public static Mount readOnly(Path directory) {
        run("mount", "--bind", directory.toString(), directory.toString());
        Mount mount = new Mount(directory);
        run("mount", "-o", "remount,bind,ro", directory.toString());
        return mount;
    }

    /** Mounts a file or directory at a second path. */
    public static Mount bind(Path source, Path target) {
        run("mount", "--bind", source.toString(), target.toString());
        return new Mount(target);
    }

    /** Mounts an empty file system that forbids execution. */
    public static Mount noExecution(Path directory) {
        run("mount", "-t", "tmpfs", "-o", "noexec,size=64m", "tmpfs", directory.toString());
        return new Mount(directory);
    }

    /** Mounts an empty file system of limited size. */
    public static Mount ofMegabytes(int size, Path directory) {
        run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", directory.toString());
        return new Mount(directory);
    }

    public Path path() {
        return directory;
    }

    @Override
    public void close() {
        run("umount", directory.toString());
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new TestAbortedException("This user cannot mount: " + output);
            }
        } catch (IOException e) {
            throw new TestAbortedException("This system cannot mount", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
