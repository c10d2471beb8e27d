package dev.kvstore.postgresql;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What can prevent a store from being opened, with advice. No message contains a user or a password.
 *
 * @param place what messages call the database
 * @param schema the schema of the store
 */
record OpenFailures(String place, String schema) {

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String NO_PRIVILEGE = "42501";
    private static final String AUTHORIZATION = "28";
    private static final String UNREACHABLE = "08";
    private static final String PROTOCOL = "08P01";

    KvOpenException of(Throwable failure) {
        SQLException sql = sqlCause(failure);
        if (sql == null) {
            return failure instanceof KvOpenException known ? known : other(failure);
        }
        String state = String.valueOf(sql.getSQLState());
        if (state.startsWith(AUTHORIZATION)) {
            // Without the cause, which names the user.
            return new KvOpenException(
                    Reason.ACCESS_DENIED,
                    place,
                    "the server refused the user or the password (SQLSTATE " + state + ")",
                    "Check the username and the password, and the server's pg_hba.conf.",
                    null);
        }
        return switch (state) {
            case NO_PRIVILEGE -> noPrivilege(sql);
            case NO_SUCH_DATABASE ->
                new KvOpenException(
                        Reason.MISSING,
                        place,
                        "the server has no database of this name",
                        "Create it, with the encoding UTF8, or correct the URL.",
                        sql);
            case PROTOCOL -> other(sql);
            default -> state.startsWith(UNREACHABLE) ? unreachable(sql) : other(sql);
        };
    }

    private KvOpenException noPrivilege(SQLException cause) {
        return new KvOpenException(
                Reason.ACCESS_DENIED,
                place,
                "the user lacks a right that the schema '" + schema + "' needs (" + PostgresErrors.text(cause) + ")",
                "Let an administrator run: CREATE SCHEMA " + schema + " AUTHORIZATION <the user>",
                cause);
    }

    // The driver has no state of its own for a server of another kind than asked for.
    private KvOpenException unreachable(SQLException cause) {
        return isOnlyStandby(cause)
                ? notPrimary(cause)
                : new KvOpenException(
                        Reason.UNREACHABLE,
                        place,
                        "no server could be reached (" + PostgresErrors.text(cause) + ")",
                        "Start the server, and check the host, the port and the network.",
                        cause);
    }

    private static boolean isOnlyStandby(SQLException cause) {
        return String.valueOf(cause.getMessage()).contains("targetServerType");
    }

    KvOpenException notPrimary(@Nullable Throwable cause) {
        return new KvOpenException(
                Reason.NOT_PRIMARY,
                place,
                "every server that answered is a standby, which accepts no writes",
                "Name the primary in the URL, or all servers: jdbc:postgresql://one,other/database.",
                cause);
    }

    KvOpenException encoding(String encoding) {
        return new KvOpenException(
                Reason.NOT_A_STORE,
                place,
                "the encoding of the database is " + encoding + ", but a store needs UTF8",
                "Create a database with: CREATE DATABASE <name> ENCODING 'UTF8' TEMPLATE template0",
                null);
    }

    KvOpenException tooOld(String version, int oldest) {
        return new KvOpenException(
                Reason.DATABASE_TOO_OLD,
                place,
                "the server has the version " + version + ", and " + oldest + " is the oldest that is supported",
                "Upgrade the server.",
                null);
    }

    KvOpenException newer(int version, int known) {
        return new KvOpenException(
                Reason.NEWER,
                place,
                "the schema '" + schema + "' has the version " + version + ", and this version of the library knows "
                        + known,
                "Use the version of the library that migrated it, or a newer one.",
                null);
    }

    KvOpenException outdated(String setting) {
        return new KvOpenException(
                Reason.OUTDATED,
                place,
                "the schema '" + schema + "' is missing or needs a migration, which the setting " + setting
                        + " forbids",
                "Open the store once with migrations allowed, or let a user who may migrate do so.",
                null);
    }

    KvOpenException sharedSession() {
        return new KvOpenException(
                Reason.POOLER,
                place,
                "a pooler, such as PgBouncer in transaction mode, gives the sessions of the server to others between"
                        + " two statements",
                "Connect to the server itself, or to a pool in session mode: the store has a pool of its own.",
                null);
    }

    KvOpenException missingModule() {
        return new KvOpenException(
                Reason.OTHER,
                place,
                "Flyway's module for PostgreSQL is missing from the class path",
                "Add the dependency org.flywaydb:flyway-database-postgresql.",
                null);
    }

    private KvOpenException other(Throwable failure) {
        String text =
                failure instanceof SQLException sql ? PostgresErrors.text(sql) : String.valueOf(failure.getMessage());
        return new KvOpenException(Reason.OTHER, place, text, "", failure);
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }
}
