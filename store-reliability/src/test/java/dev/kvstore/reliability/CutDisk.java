package dev.kvstore.reliability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An ext4 file system in a file whose power can be cut: after the cut nothing reaches the disk, neither written but
 * unsynced pages nor the file system's own journal. Until the next mount, reads still return those pages.
 */
final class CutDisk {

    /** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, from the kernel's include/uapi/linux/ext4.h. */
    private static final String SHUTDOWN = """
            open(my $disk, '<', $ARGV[0]) or die "open: $!";
            my $flags = pack('L', 2);
            $| = 1;
            print "ready\\n";
            <STDIN>;
            defined(ioctl($disk, 0x8004587d, $flags)) or die "ioctl: $!";
            """;

    private final Path image;
    private final Path directory;
    private boolean mounted;

    private CutDisk(Path image, Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /** Creates an empty file system, or skips the test with the reason if that is not possible. */
    static CutDisk create(Path place) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "A power cut needs Linux");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "A power cut needs loop devices: no /dev/loop-control");
        for (Map.Entry<String, String> command :
                Map.of("perl", "-v", "mkfs.ext4", "-V", "mount", "-V").entrySet()) {
            assumeTrue(
                    outcome(command.getKey(), command.getValue()).isEmpty(),
                    "A power cut needs the command " + command.getKey());
        }
        CutDisk disk = new CutDisk(place.resolve("disk.img"), Files.createDirectory(place.resolve("disk")));
        run("truncate", "-s", "96M", disk.image.toString());
        run("mkfs.ext4", "-q", "-F", disk.image.toString());
        String refusal = disk.tryMount();
        assumeTrue(refusal.isEmpty(), "A power cut needs the superuser, who may mount loop devices: " + refusal);
        disk.mounted = true;
        String noCut = disk.tryCut();
        if (!noCut.isEmpty()) {
            disk.close();
        }
        assumeTrue(noCut.isEmpty(), "A power cut needs a kernel whose ext4 can be shut down: " + noCut);
        disk.restore();
        return disk;
    }

    Path path() {
        return directory;
    }

    void cut() throws IOException, InterruptedException {
        try (Switch power = prepareCut()) {
            power.cut();
        }
    }

    /** Prepares a cut that then takes less than a millisecond. */
    Switch prepareCut() throws IOException {
        Process perl = new ProcessBuilder("perl", "-e", SHUTDOWN, directory.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = perl.inputReader();
        String line = output.readLine();
        if (!"ready".equals(line)) {
            throw new IOException("The cut cannot be prepared: " + line);
        }
        return new Switch(perl, output);
    }

    /** Cuts the power of the disk once. */
    record Switch(Process perl, BufferedReader output) implements AutoCloseable {

        void cut() throws IOException, InterruptedException {
            perl.outputWriter().append('\n').close();
            String error = output.lines().collect(Collectors.joining());
            if (perl.waitFor() != 0) {
                throw new IOException(error);
            }
        }

        /** Lets the disk go if it was not cut. */
        @Override
        public void close() {
            perl.destroyForcibly().onExit().join();
        }
    }

    /** Restores the disk as it was at the cut. No process may have it open. */
    void restore() throws IOException, InterruptedException {
        unmount();
        require(tryMount());
        mounted = true;
    }

    void close() throws IOException, InterruptedException {
        if (mounted) {
            unmount();
        }
    }

    // With the default commit interval the file system would sync every five seconds.
    private String tryMount() throws IOException, InterruptedException {
        return outcome("mount", "-t", "ext4", "-o", "loop,commit=600", image.toString(), directory.toString());
    }

    private void unmount() throws IOException, InterruptedException {
        run("umount", directory.toString());
        mounted = false;
    }

    private String tryCut() throws InterruptedException {
        try {
            cut();
            return "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        require(outcome(command));
    }

    private static void require(String outcome) throws IOException {
        if (!outcome.isEmpty()) {
            throw new IOException(outcome);
        }
    }

    /** The error output of a command, empty if it succeeded. */
    private static String outcome(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + output;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
