package dev.kvstore.reliability.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A disk of another process that fails on demand, and of which a power cut keeps only synced data. Needs Linux and a C
 * compiler.
 */
record FaultyDisk(Path directory, Path image, Path library, Path control, Path journal) {

    private static final String DIRECTORY = "directory ";

    /** Builds the library that intercepts the disk calls of the process. */
    static FaultyDisk in(Path parent) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new TestAbortedException("Needs Linux, for LD_PRELOAD");
        }
        Path base = parent.toRealPath();
        FaultyDisk disk = new FaultyDisk(
                Files.createDirectory(base.resolve("disk")),
                Files.createDirectory(base.resolve("image")),
                base.resolve("faulty-disk.so"),
                Files.createFile(base.resolve("control")),
                Files.createFile(base.resolve("journal")));
        Path source = base.resolve("faulty-disk.c");
        try (InputStream resource = FaultyDisk.class.getResourceAsStream("/faulty-disk.c")) {
            Files.copy(resource, source);
        }
        compile(source, disk.library);
        return disk;
    }

    private static void compile(Path source, Path library) throws IOException, InterruptedException {
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new TestAbortedException("Needs a C compiler", e);
        }
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAULTY_DISK_DIRECTORY", directory.toString(),
                "FAULTY_DISK_CONTROL", control.toString(),
                "FAULTY_DISK_IMAGE", image.toString(),
                "FAULTY_DISK_JOURNAL", journal.toString());
    }

    /** The calls with an injected fault so far, each with the name of its file. */
    List<String> faults() throws IOException {
        try (Stream<String> lines = Files.lines(journal)) {
            return lines.filter(line -> !line.startsWith(DIRECTORY)).toList();
        }
    }

    /** The directories that were synced so far. */
    List<Path> syncedDirectories() throws IOException {
        try (Stream<String> lines = Files.lines(journal)) {
            return lines.filter(line -> line.startsWith(DIRECTORY))
                    .map(line -> Path.of(line.substring(DIRECTORY.length())))
                    .toList();
        }
    }

    /** Copies a file that exists before the process starts, and so counts as synced. */
    void keep(String name) throws IOException {
        Files.copy(directory.resolve(name), image.resolve(name));
    }

    void inject(DiskFault fault) throws IOException {
        Path next = control.resolveSibling("control.next");
        Files.writeString(next, fault.toString());
        Files.move(next, control, StandardCopyOption.ATOMIC_MOVE);
    }

    void heal() throws IOException {
        inject(DiskFault.NONE);
    }

    /** A fault of every n-th call of a kind, or of the first only, on files with a name suffix. */
    record DiskFault(String call, String suffix, String how, int every) {

        static final DiskFault NONE = new DiskFault("none", "-", "none", 1);

        static DiskFault once(String call, String suffix, String how) {
            return new DiskFault(call, suffix, how, 0);
        }

        static List<DiskFault> thatFailTheWrite() {
            return List.of(
                    new DiskFault("sync", "-wal", "eio", 1),
                    new DiskFault("sync", "-wal", "eio", 3),
                    new DiskFault("write", "-wal", "eio", 1),
                    new DiskFault("write", "-wal", "eio", 7),
                    new DiskFault("write", "-wal", "torn", 1),
                    new DiskFault("write", "-wal", "torn", 7));
        }

        /** Partial writes, which the store completes. */
        static List<DiskFault> thatFailNothing() {
            return List.of(new DiskFault("write", "-wal", "short", 1), new DiskFault("write", ".db", "short", 1));
        }

        static List<DiskFault> thatFailACheckpoint() {
            return List.of(
                    new DiskFault("write", ".db", "eio", 3),
                    new DiskFault("write", ".db", "torn", 3),
                    new DiskFault("truncate", ".db", "eio", 1),
                    new DiskFault("sync", ".db", "eio", 1),
                    new DiskFault("sync", ".db", "eio", 2));
        }

        @Override
        public String toString() {
            return String.join(" ", call, suffix, how, Integer.toString(every));
        }
    }
}
