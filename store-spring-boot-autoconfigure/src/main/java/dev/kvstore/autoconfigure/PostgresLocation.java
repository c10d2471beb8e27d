package dev.kvstore.autoconfigure;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvOpenException.Reason;
import org.springframework.core.env.Environment;

/**
 * The property {@code kvstore.url}. Errors do not repeat it, since it may contain a password; Boot's analysis of
 * invalid values would.
 */
final class PostgresLocation {

    static final String URL = "kvstore.url";

    private PostgresLocation() {}

    static boolean isIn(Environment environment) {
        return environment.getProperty(URL) != null;
    }

    /** Refuses the property where nothing heeds it: a store in a file would look empty. */
    static void requireNone(Environment environment) {
        if (isIn(environment)) {
            throw refused(
                    "support for PostgreSQL is missing from the class path",
                    "Add the dependency dev.kvstore:store-postgresql, or remove the property 'kvstore.url'.");
        }
    }

    static KvOpenException refused(String problem, String action) {
        return new KvOpenException(Reason.OTHER, "at kvstore.url", problem, action, null);
    }
}
