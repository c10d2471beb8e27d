package dev.kvstore.sqlite;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to the current schema, with a history table of its own. */
final class SchemaMigration {

    private static final String LOCATION = "classpath:db/kvstore/sqlite";

    private SchemaMigration() {}

    static void run(DataSource dataSource, Schema schema) {
        FluentConfiguration flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .table(Schema.HISTORY_TABLE);
        String baseline = schema.baseline();
        if (baseline != null) {
            flyway.baselineOnMigrate(true).baselineVersion(baseline);
        }
        flyway.load().migrate();
    }
}
