package dev.kvstore.autoconfigure;

import dev.kvstore.KvOpenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains why a store could not be opened, and which property to change. */
final class KvOpenFailureAnalyzer extends AbstractFailureAnalyzer<KvOpenException> {

    private final Environment environment;

    KvOpenFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KvOpenException cause) {
        String description = "The store '%s' could not be opened: %s.".formatted(cause.path(), cause.problem());
        String property = PostgresLocation.isIn(environment) ? propertyOfServer(cause) : propertyOfFile(cause);
        return new FailureAnalysis(description, (cause.action() + " " + property).strip(), cause);
    }

    private static String propertyOfFile(KvOpenException cause) {
        return switch (cause.reason()) {
            case DIRECTORY, PATH, SECOND_NAME, NOT_WRITABLE, NOT_A_STORE, DAMAGED, DISK_FULL, NEWER -> path();
            case MISSING, OUTDATED -> "The store is read-only because of the property 'kvstore.read-only'. " + path();
            case LOCKED -> "Related properties are 'kvstore.busy-timeout' and 'kvstore.near-cache.enabled'.";
            case OTHER_DRIVER,
                    DATABASE_TOO_OLD,
                    NATIVE_LIBRARY,
                    UNREACHABLE,
                    ACCESS_DENIED,
                    NOT_PRIMARY,
                    POOLER,
                    OTHER -> "";
        };
    }

    private static String path() {
        return "The property 'kvstore.path' names the file; a relative path is resolved against the directory '%s'."
                .formatted(System.getProperty("user.dir", "."));
    }

    private static String propertyOfServer(KvOpenException cause) {
        return switch (cause.reason()) {
            case UNREACHABLE, MISSING, NOT_A_STORE, NOT_PRIMARY, POOLER ->
                "The property 'kvstore.url' names the server and the database.";
            case ACCESS_DENIED -> "The properties 'kvstore.username' and 'kvstore.password' name the user.";
            case NEWER -> "The property 'kvstore.postgresql.schema' names the schema.";
            case OUTDATED ->
                "Related properties are 'kvstore.postgresql.migrate', 'kvstore.postgresql.migration-url' and"
                        + " 'kvstore.read-only'.";
            default -> "";
        };
    }
}
