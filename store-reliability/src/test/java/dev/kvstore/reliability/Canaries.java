package dev.kvstore.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Detectors of a template that escapes: a class that records calls, a secret in a file and in a system property, the
 * files that were read, a port that records connections, and the requested classes and resources.
 */
final class Canaries implements AutoCloseable {

    /** The output of an evaluated value only: 12345678 * 87654321. */
    static final String EVALUATED = "1082152022374638";

    private static final String SECRET = "s3cret-of-the-canary";
    private static final String PROPERTY = "kvstore.canary";
    private static final AtomicInteger SONGS = new AtomicInteger();

    private static final ServerSocketChannel SERVER_SOCKET = serverSocket();

    private final int songsBefore = SONGS.get();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.currentThread();
    private final ClassLoader loaderBefore = thread.getContextClassLoader();
    private final Recording recording = new Recording();
    private final Path directory;

    private Canaries(Path directory) {
        this.directory = directory;
    }

    /** Installs the canaries in this thread. The watched code must have loaded its own classes before. */
    static Canaries in(Path directory) throws IOException {
        Canaries canaries = new Canaries(directory);
        Files.writeString(file(directory), SECRET);
        System.setProperty(PROPERTY, SECRET);
        canaries.recording.enable("jdk.FileRead").withoutThreshold();
        canaries.recording.start();
        canaries.thread.setContextClassLoader(canaries.new Watch(canaries.loaderBefore));
        return canaries;
    }

    static Path file(Path directory) {
        return directory.resolve("secret.txt");
    }

    static String sung() {
        SONGS.incrementAndGet();
        return SECRET;
    }

    /** Whether the canary was called; cheap enough to check after every rendering. */
    boolean singing() {
        return SONGS.get() != songsBefore;
    }

    private static ServerSocketChannel serverSocket() {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.configureBlocking(false);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of this machine to which no template may connect. */
    static int port() {
        return SERVER_SOCKET.socket().getLocalPort();
    }

    /** Whether the port got a connection since the last call. */
    static boolean visited() throws IOException {
        try (SocketChannel visitor = SERVER_SOCKET.accept()) {
            return visitor != null;
        }
    }

    /** Whether a text contains the secret, or the output of an evaluated value. */
    static boolean disclosedBy(String text) {
        return text.contains(SECRET) || text.contains(EVALUATED);
    }

    /** The classes and resources requested from the thread's class loader. */
    List<String> requested() {
        return requested;
    }

    /** The files that were read and that no template may read. Ends the recording. */
    List<String> filesRead() throws IOException {
        recording.stop();
        Path events = Files.createTempFile(directory, "events", ".jfr");
        try {
            recording.dump(events);
            return RecordingFile.readAllEvents(events).stream()
                    .map(event -> event.getString("path"))
                    .filter(path -> path != null && (path.startsWith(directory.toString()) || path.startsWith("/etc/")))
                    .distinct()
                    .toList();
        } finally {
            Files.delete(events);
        }
    }

    @Override
    public void close() {
        thread.setContextClassLoader(loaderBefore);
        recording.close();
        System.clearProperty(PROPERTY);
    }

    private final class Watch extends ClassLoader {

        Watch(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            requested.add(name);
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            requested.add(name);
            return super.getResource(name);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            requested.add(name);
            return super.getResources(name);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            requested.add(name);
            return super.getResourceAsStream(name);
        }
    }
}
