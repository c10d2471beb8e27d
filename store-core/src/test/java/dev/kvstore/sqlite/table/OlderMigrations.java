package dev.kvstore.sqlite.table;

import org.flywaydb.core.api.migration.JavaMigration;

/** The migrations in Java, for tests that create files of earlier versions. */
public final class OlderMigrations {

    private OlderMigrations() {}

    public static JavaMigration[] inJava() {
        return new JavaMigration[] {new ClusteredTable("of a test")};
    }
}
