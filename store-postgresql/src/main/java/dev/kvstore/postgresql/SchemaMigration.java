package dev.kvstore.postgresql;

import dev.kvstore.migration.MigrationLog;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Migrates a schema, with a history table of its own in it. Not for a current schema: loading Flyway would be most of
 * the cost of a start. Flyway's lock lets one of several nodes migrate while the others wait.
 */
final class SchemaMigration {

    private static final String LOCATION = "classpath:db/kvstore/postgresql";

    private SchemaMigration() {}

    static synchronized void run(DataSource dataSource, String schema) {
        MigrationLog.quietly(Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .table(PostgresSchema.HISTORY_TABLE)
                .load());
    }
}
