package dev.kvstore.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of live settings.
 *
 * <pre>{@code
 * String property = "kvstore.settings.watch=poll";
 * }</pre>
 *
 * @param enabled Whether to configure live settings.
 * @param watch How changes are noticed: by the store's changes, or by reading the groups at an interval. A store
 *     without a log of changes is always polled.
 * @param pollInterval Time between two readings of a group that is polled.
 * @param showValues Whether the actuator may show values of imported groups; otherwise they are asterisks.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.settings")
public record KvSettingsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("changes") Watch watch,
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("false") boolean showValues) {

    /** How changes are noticed. */
    public enum Watch {
        /** A subscription: at once, but all writes of the store are logged. */
        CHANGES,
        /** A reading at an interval, which costs writes nothing. */
        POLL
    }
}
