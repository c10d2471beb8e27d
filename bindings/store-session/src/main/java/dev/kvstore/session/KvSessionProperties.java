package dev.kvstore.session;

import dev.kvstore.Durability;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

/**
 * Configuration properties of sessions in the store. Spring Boot's own {@code spring.session.timeout} says when a
 * session expires.
 *
 * <pre>{@code
 * kvstore.session.durability=full
 * kvstore.session.serialization=json
 * }</pre>
 *
 * @param enabled Whether to keep sessions in the store.
 * @param prefix Prefix of the names of the groups with the sessions.
 * @param durability Durability of changes other than creation, change of id and logout, which always reach the disk.
 * @param saveMode Which attributes a save writes.
 * @param flushMode When changes are written. A WebFlux application writes them at the end of the request.
 * @param serialization Format of the attributes.
 * @param serializationFilter Filter of the classes that 'jdk' reads, such as 'com.example.**;java.base/*;!*'. Replaces
 *     the default, which sets limits and refuses classes that are used in attacks.
 * @param trustedPackages Packages, besides those of the application, whose classes 'json' reads.
 * @param cleanupInterval Time between two searches for expired sessions, which publish their events; 0 for none.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.session")
public record KvSessionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("session:") String prefix,
        @DefaultValue("normal") Durability durability,
        @DefaultValue("on-set-attribute") SaveMode saveMode,
        @DefaultValue("on-save") FlushMode flushMode,
        @DefaultValue("jdk") Serialization serialization,
        @DefaultValue("") String serializationFilter,
        @DefaultValue List<String> trustedPackages,
        @DefaultValue("60s") Duration cleanupInterval) {

    /** Formats of the attributes. */
    public enum Serialization {
        /** Java's serialization, with a filter. */
        JDK,
        /** JSON by Jackson 3, with the names of the classes. */
        JSON
    }
}
