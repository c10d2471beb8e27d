package dev.kvstore.shedlock;

import dev.kvstore.Durability;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of ShedLock's locks in the store.
 *
 * <pre>{@code
 * kvstore.shedlock.prefix=billing:shedlock:
 * }</pre>
 *
 * @param enabled Whether to configure a LockProvider that keeps ShedLock's locks in the store.
 * @param prefix Prefix of the group with the locks, whose name is the prefix and 'locks'.
 * @param durability Durability of a lock: with 'full' it survives a power cut, with 'normal' the end of the process.
 * @since 0.1
 */
@ConfigurationProperties("kvstore.shedlock")
public record KvShedLockProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("shedlock:") String prefix,
        @DefaultValue("full") Durability durability) {}
