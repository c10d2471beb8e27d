package dev.kvstore.postgresql;

import dev.kvstore.Durability;
import dev.kvstore.engine.SettingNames;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How the engine opens its database.
 *
 * @param migrationUrl where the schema is migrated; null for {@code url}
 * @param migrate whether the schema may be created or migrated
 * @param durability what a write survives
 * @param busyTimeout how long an operation waits for a lock or a connection
 * @param maxValueSize the longest value, whose transfer must not time out
 * @param clock decides which entries are live; null for the server's
 * @param names how messages name the settings
 */
record PostgresSettings(
        String url,
        @Nullable String migrationUrl,
        @Nullable String username,
        @Nullable String password,
        String schema,
        int poolSize,
        boolean migrate,
        boolean readOnly,
        Durability durability,
        Duration busyTimeout,
        DataSize maxValueSize,
        @Nullable InstantSource clock,
        SettingNames names) {

    /** Omits the URL, which may contain a password, and the password. */
    @Override
    public String toString() {
        return "PostgresSettings[" + schema + "]";
    }
}
