package dev.kvstore.benchmarks.contender;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A redis-server process on a free port of the loopback interface. */
record RedisServer(Process process, int port) implements AutoCloseable {

    private static final String PROGRAM = "redis-server";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static boolean isOnThePath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    static RedisServer start(Path directory, Storage storage) {
        try {
            int port = freePort();
            String logged = storage == Storage.MEMORY ? "no" : "yes";
            String synced = storage == Storage.FULL ? "always" : "everysec";
            Process process = new ProcessBuilder(
                            PROGRAM,
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            logged,
                            "--appendfsync",
                            synced)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitListening(process, port);
            return new RedisServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + PROGRAM, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(PROGRAM + " does not listen on port " + port);
    }

    /** Stops the server normally, so that it writes all its data. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
