package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.sqlite.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link CrashWorker} in the process that kills it. Acknowledgements arrive through a socket: the last lines of the
 * standard output of a {@link Process} that is just ending may be garbled.
 */
final class CrashProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final ChildProcess process;
    private final Path temporary;
    private final Socket socket;
    private final BufferedReader lines;

    private CrashProcess(ChildProcess process, Path temporary, Socket socket) throws IOException {
        this.process = process;
        this.temporary = temporary;
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Starts a process that continues the work. When this returns, it has begun to open the store. */
    static CrashProcess start(
            Path file,
            Path temporary,
            Durability durability,
            CrashWorker.Flaw flaw,
            Workload workload,
            Stream<Object> next)
            throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LONGEST_START.toMillis());
            Object[] arguments = Stream.concat(
                            Stream.of(
                                    server.getLocalPort(), file, durability, flaw, workload.seed(), workload.relaxed()),
                            next)
                    .toArray();
            List<String> jvm = List.of("-Dorg.sqlite.tmpdir=" + temporary, "-XX:TieredStopAtLevel=1", "-Xmx256m");
            ChildProcess process = ChildProcess.start(CrashWorker.class, jvm, arguments);
            try {
                CrashProcess crash = new CrashProcess(process, temporary, server.accept());
                crash.next();
                return crash;
            } catch (IOException e) {
                process.close();
                throw e;
            }
        }
    }

    /** Waits for one acknowledgement. */
    String next() throws IOException {
        String line = lines.readLine();
        return line == null ? process.awaitLine("a requested stop") : line;
    }

    /** Lets the process close its store while it works. */
    void askToClose() throws IOException {
        socket.getOutputStream().write('\n');
    }

    /** Kills the process. Returns its unread acknowledgements. */
    Stream<String> kill() {
        process.kill();
        // The last line may be incomplete.
        return lines.lines().filter(line -> line.endsWith("."));
    }

    @Override
    public void close() throws IOException {
        // An unmount of the disk must wait until the process has ended.
        process.kill();
        process.close();
        socket.close();
        deleteUnpackedLibrary();
    }

    // A killed process leaves its native library behind; a thousand of them fill a disk.
    private void deleteUnpackedLibrary() throws IOException {
        try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(temporary, "sqlite-*libsqlitejdbc*")) {
            for (Path file : unpacked) {
                Files.delete(file);
            }
        }
    }
}
