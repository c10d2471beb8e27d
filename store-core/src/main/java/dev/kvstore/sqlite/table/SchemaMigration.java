package dev.kvstore.sqlite.table;

import dev.kvstore.migration.MigrationLog;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates a database to the current schema, with a history table of its own. Not for a current database: loading
 * Flyway would be most of the cost of a start.
 */
public final class SchemaMigration {

    private static final String LOCATION = "classpath:db/kvstore/sqlite";

    private SchemaMigration() {}

    // One at a time: Flyway does not wait for a lock, and fails when several stores of a process start on a new file.
    public static synchronized void run(DataSource dataSource, Schema schema, String database) {
        FluentConfiguration flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .javaMigrations(new ClusteredTable(database))
                .failOnMissingLocations(true)
                .table(Schema.HISTORY_TABLE);
        String baseline = schema.baseline();
        if (baseline != null) {
            flyway.baselineOnMigrate(true).baselineVersion(baseline);
        }
        MigrationLog.quietly(flyway.load());
    }
}
