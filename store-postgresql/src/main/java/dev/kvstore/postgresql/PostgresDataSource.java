package dev.kvstore.postgresql;

import dev.kvstore.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections with the settings that the engine relies on, whatever the role or the database has set. Ignores
 * {@link #setLoginTimeout}: a pool would set its own, so short that no host behind one that hangs is tried.
 */
final class PostgresDataSource extends AbstractDataSource {

    private static final String SETTINGS = """
            SELECT set_config('search_path', quote_ident(?), false), \
            set_config('synchronous_commit', CASE WHEN ? <> 'off' AND current_setting('synchronous_commit') = \
            'remote_apply' THEN 'remote_apply' ELSE ? END, false), \
            set_config('lock_timeout', ?, false), \
            set_config('default_transaction_isolation', 'read committed', false), \
            set_config('default_transaction_read_only', CASE WHEN ?::boolean THEN 'on' ELSE \
            current_setting('default_transaction_read_only') END, false), \
            set_config('client_min_messages', 'warning', false)\
            """;

    private static final int CONNECT_SECONDS = 5;
    private static final int RECHECK_SECONDS = 10;
    private static final int LEAST_SOCKET_SECONDS = 10;
    private static final int EXTRA_SECONDS = 5;
    private static final long MEGABYTES_OF_A_SECOND = 16;

    private final PGSimpleDataSource driver = new PGSimpleDataSource();
    private final PostgresSettings settings;
    private final int socketSeconds;
    private final int loginSeconds;

    PostgresDataSource(PostgresSettings settings) {
        this(settings, settings.url());
    }

    /** A data source for the same database at another URL. */
    PostgresDataSource(PostgresSettings settings, String url) {
        this.settings = settings;
        this.socketSeconds =
                (int) (Math.max(LEAST_SOCKET_SECONDS, settings.busyTimeout().toSeconds() + EXTRA_SECONDS)
                        + settings.maxValueSize().toMegabytes() / MEGABYTES_OF_A_SECOND);
        driver.setUrl(url);
        // Longer than all hosts take together: the driver gives up on the whole, not on one host.
        this.loginSeconds = driver.getServerNames().length * socketSeconds + EXTRA_SECONDS;
        if (settings.username() != null) {
            driver.setUser(settings.username());
        }
        if (settings.password() != null) {
            driver.setPassword(settings.password());
        }
        setDefaults(given(url));
    }

    /** Whether the driver understands a URL. */
    static boolean isUrl(@Nullable String url) {
        return url != null && url.startsWith("jdbc:postgresql:") && Driver.parseURL(url, new Properties()) != null;
    }

    private static Properties given(String url) {
        Properties given = Driver.parseURL(url, new Properties());
        return given == null ? new Properties() : given;
    }

    private void setDefaults(Properties given) {
        setDefault(given, PGProperty.CONNECT_TIMEOUT, CONNECT_SECONDS);
        setDefault(given, PGProperty.SOCKET_TIMEOUT, socketSeconds);
        setDefault(given, PGProperty.LOGIN_TIMEOUT, loginSeconds);
        setDefault(given, PGProperty.HOST_RECHECK_SECONDS, RECHECK_SECONDS);
        setDefault(given, PGProperty.TCP_KEEP_ALIVE, true);
        setDefault(given, PGProperty.APPLICATION_NAME, "kvstore");
        setDefault(given, PGProperty.TARGET_SERVER_TYPE, settings.readOnly() ? "any" : "primary");
        // Details of errors quote keys and values.
        driver.setLogServerErrorDetail(false);
    }

    private void setDefault(Properties given, PGProperty property, Object value) {
        if (!given.containsKey(property.getName())) {
            driver.setProperty(property, value.toString());
        }
    }

    /** What messages call the database: hosts, ports and name, but no user and no parameters. */
    String place() {
        String[] hosts = driver.getServerNames();
        int[] ports = driver.getPortNumbers();
        return IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + ":" + ports[i])
                .collect(Collectors.joining(",", "", "/" + driver.getDatabaseName()));
    }

    /** How long the driver waits for an answer, unless the URL says otherwise. */
    Duration socketTimeout() {
        return Duration.ofSeconds(socketSeconds);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = driver.getConnection();
        try {
            apply(connection);
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private void apply(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
            String level = settings.durability() == Durability.FULL ? "on" : "off";
            statement.setString(1, settings.schema());
            statement.setString(2, level);
            statement.setString(3, level);
            // Zero would be no limit.
            statement.setString(
                    4, Long.toString(Math.max(1, settings.busyTimeout().toMillis())));
            statement.setBoolean(5, settings.readOnly());
            statement.executeQuery().close();
        }
    }

    /** A pool that is closed waits as long for a connection that it is opening, which it would leave open else. */
    @Override
    public int getLoginTimeout() {
        return loginSeconds;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        logger.trace("The login timeout of the pool is ignored");
    }
}
