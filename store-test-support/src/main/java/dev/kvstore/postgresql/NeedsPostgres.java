package dev.kvstore.postgresql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that need the programs of a PostgreSQL server, and are skipped where none are installed. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@EnabledIf(
        value = "dev.kvstore.postgresql.PostgresServer#isAvailable",
        disabledReason = "no PostgreSQL server in /usr/lib/postgresql: apt-get install postgresql")
public @interface NeedsPostgres {}
