package dev.kvstore.postgresql;

import dev.kvstore.Durability;
import dev.kvstore.KvObserver;
import dev.kvstore.KvOpenException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Opens a database as a store: inspects the server, migrates the schema, and opens the pool. */
final class PostgresOpening {

    private static final Log log = LogFactory.getLog(PostgresOpening.class);

    private static final int OLDEST_VERSION = 14;
    private static final int NUMBERS_OF_A_VERSION = 10_000;
    private static final String FLYWAY_MODULE = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType";

    private static final String SERVER = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int, \
            current_setting('server_encoding'), pg_is_in_recovery(), current_setting('fsync')::boolean, \
            current_setting('full_page_writes')::boolean, current_setting('synchronous_standby_names') <> ''\
            """;
    private static final String MARK = """
            SELECT set_config('kvstore.session', ?, false)\
            """;
    private static final String MARKED = """
            SELECT current_setting('kvstore.session', true)\
            """;

    private final PostgresSettings settings;
    private final @Nullable KvObserver observer;
    private final PostgresDataSource dataSource;
    private final OpenFailures failures;

    private PostgresOpening(PostgresSettings settings, @Nullable KvObserver observer) {
        this.settings = settings;
        this.observer = observer;
        this.dataSource = new PostgresDataSource(settings);
        this.failures = new OpenFailures(dataSource.place(), settings.schema());
    }

    static PostgresEngine open(PostgresSettings settings, @Nullable KvObserver observer) {
        return new PostgresOpening(settings, observer).open();
    }

    private PostgresEngine open() {
        try {
            String version = inspect();
            PostgresEngine engine = new PostgresEngine(settings, dataSource, observer);
            log.info("Opened the store '%s' (PostgreSQL %s, schema %s, durability %s%s)"
                    .formatted(
                            dataSource.place(),
                            version,
                            settings.schema(),
                            settings.durability(),
                            settings.readOnly() ? ", read-only" : ""));
            return engine;
        } catch (SQLException | FlywayException e) {
            throw failures.of(e);
        }
    }

    private String inspect() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            requireOwnSession(connection);
            String version = inspectServer(connection);
            PostgresSchema schema = PostgresSchema.read(connection);
            if (schema.isNewer()) {
                throw failures.newer(schema.version(), PostgresSchema.MIGRATIONS.size());
            }
            if (!schema.isCurrent()) {
                migrate();
            }
            return version;
        }
    }

    /** Two connections that are open have two sessions, unless a pooler gives one session to both. */
    private void requireOwnSession(Connection connection) throws SQLException {
        String mark = UUID.randomUUID().toString();
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setString(1, mark);
            statement.executeQuery().close();
        }
        try (Connection other = dataSource.getConnection();
                PreparedStatement statement = other.prepareStatement(MARKED);
                ResultSet rows = statement.executeQuery()) {
            if (rows.next() && mark.equals(rows.getString(1))) {
                throw failures.sharedSession();
            }
        }
    }

    private String inspectServer(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SERVER);
                ResultSet row = statement.executeQuery()) {
            row.next();
            String version = row.getString(1);
            if (row.getInt(2) < OLDEST_VERSION * NUMBERS_OF_A_VERSION) {
                throw failures.tooOld(version, OLDEST_VERSION);
            }
            if (!row.getString(3).equals("UTF8")) {
                throw failures.encoding(row.getString(3));
            }
            if (row.getBoolean(4) && !settings.readOnly()) {
                throw failures.notPrimary(null);
            }
            warn(row.getBoolean(5), row.getBoolean(6), row.getBoolean(7));
            return version;
        }
    }

    private void warn(boolean fsync, boolean fullPageWrites, boolean hasStandby) {
        if (!fsync || !fullPageWrites) {
            log.warn("Store '%s': the server has %s=off, so a power cut may damage the whole database"
                    .formatted(dataSource.place(), fsync ? "full_page_writes" : "fsync"));
        }
        if (!hasStandby && settings.durability() == Durability.FULL && !settings.readOnly()) {
            log.info(("Store '%s': the server has no synchronous standby (synchronous_standby_names is empty), so a"
                            + " failover may lose acknowledged writes")
                    .formatted(dataSource.place()));
        }
    }

    private void migrate() throws KvOpenException {
        if (settings.readOnly() || !settings.migrate()) {
            throw failures.outdated(settings.names().of(settings.readOnly() ? "readOnly" : "migrate"));
        }
        if (!ClassUtils.isPresent(FLYWAY_MODULE, PostgresOpening.class.getClassLoader())) {
            throw failures.missingModule();
        }
        String url = settings.migrationUrl();
        SchemaMigration.run(url == null ? dataSource : new PostgresDataSource(settings, url), settings.schema());
    }
}
