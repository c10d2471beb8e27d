package dev.kvstore.postgresql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with a new, empty cluster, from the programs that are installed on this machine. It ends with
 * this JVM, whatever ends that: its shell waits for the end of its input. The server does not run as root, so root
 * becomes the user {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {

    /** A user that may do everything, and needs no password. */
    public static final String ADMIN = "admin";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static final String[] FAST = {"fsync=off", "synchronous_commit=off", "full_page_writes=off"};

    private static final String SCRIPT = """
            set -e
            "$1/initdb" -D "$2/data" -U admin -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$2/initdb.log"
            printf 'local all all trust\\nhost all admin 127.0.0.1/32 trust\\n%s\\n%s\\n' \
                'host replication all 127.0.0.1/32 trust' 'host all all 127.0.0.1/32 scram-sha-256' \
                >"$2/data/pg_hba.conf"
            "$1/pg_ctl" -D "$2/data" -s -w -l "$2/server.log" -o "$3" start
            echo started
            cat >/dev/null
            "$1/pg_ctl" -D "$2/data" -s -m immediate stop
            rm -rf "$2"
            """;

    private static PostgresServer shared;

    private final Process process;
    private final int port;

    private PostgresServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether the programs of a server are installed. */
    public static boolean isAvailable() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server of all tests that need no other; it does not sync. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start(FAST);
        }
        return shared;
    }

    /** Starts a server with settings such as {@code fsync=off}. */
    public static PostgresServer start(String... settings) {
        try {
            Path directory = Files.createTempDirectory("postgres");
            int port = freePort();
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                Files.setOwner(
                        directory,
                        directory
                                .getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName("postgres"));
                command.addAll(List.of("runuser", "-u", "postgres", "--"));
            }
            String bin = programs().orElseThrow().toString();
            command.addAll(List.of(
                    "sh", "-c", SCRIPT, "server", bin, directory.toString(), options(directory, port, settings)));
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            if (!"started".equals(line)) {
                throw new IOException(
                        "The server did not start: " + line + output.lines().toList());
            }
            return new PostgresServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String options(Path directory, int port, String[] settings) {
        StringBuilder options = new StringBuilder("-c listen_addresses=127.0.0.1 -c max_connections=300 -c port=" + port
                + " -c unix_socket_directories=" + directory);
        for (String setting : settings) {
            options.append(" -c ").append(setting);
        }
        return options.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** The URL of a database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Connects to a database as the administrator. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), ADMIN, null);
    }

    /** Executes statements of the administrator in a database, each in a transaction of its own. */
    public void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
