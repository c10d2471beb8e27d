package dev.kvstore.shedlock;

import dev.kvstore.Expiry;
import dev.kvstore.KvGroup;
import java.util.Optional;
import java.util.OptionalLong;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.Utils;
import org.springframework.util.Assert;

/**
 * A provider of ShedLock's locks that are entries of a group. An entry lives for {@code lockAtMostFor} by the clock of
 * the store, and its value is the name of the host that holds the lock.
 *
 * <pre>{@code
 * @Bean
 * LockProvider lockProvider(KvStore kv) {
 *     return new KvLockProvider(kv.group("locks"));
 * }
 * }</pre>
 *
 * <p>A lock is recognized by the version of its entry, which no other entry ever has. Once it has expired, its former
 * holder can therefore neither release nor extend the lock of a successor. A lock that is released early stays for the
 * rest of {@code lockAtLeastFor}, which is measured by the clock of ShedLock in the process of the holder.
 *
 * <p>Locks are as durable as the group: with {@link dev.kvstore.Durability#FULL} no job that has run runs again after a
 * power cut within its {@code lockAtLeastFor}. Errors are those of {@link KvGroup#compareAndSet}; the lock was not
 * acquired then, or is acquired until {@code lockAtMostFor} has passed.
 *
 * <p>Thread-safe; the locks are not, as ShedLock's are not.
 *
 * @since 0.1
 */
public class KvLockProvider implements ExtensibleLockProvider {

    private final KvGroup<String> locks;
    private final String host = Utils.getHostname();

    /**
     * Creates a provider of the locks of a group.
     *
     * @param locks the group, which should have no other entries; its durability is that of the locks
     * @throws IllegalArgumentException if {@code locks} is null
     */
    public KvLockProvider(KvGroup<String> locks) {
        Assert.notNull(locks, "locks must not be null");
        this.locks = locks;
    }

    /** Returns the lock, or empty if somebody holds it. Never waits for the holder. */
    @Override
    public Optional<SimpleLock> lock(LockConfiguration configuration) {
        Assert.notNull(configuration, "configuration must not be null");
        return acquire(configuration, KvLock.ABSENT);
    }

    Optional<SimpleLock> acquire(LockConfiguration configuration, long expectedVersion) {
        Expiry expiry = Expiry.after(KvLock.atLeastAMillisecond(configuration.getLockAtMostFor()));
        OptionalLong version = locks.compareAndSet(configuration.getName(), expectedVersion, host, expiry);
        return version.isPresent()
                ? Optional.of(new KvLock(this, configuration, version.getAsLong()))
                : Optional.empty();
    }

    /** Returns whether the lock was still held. */
    boolean release(String name, long version) {
        return locks.compareAndDelete(name, version);
    }

    /** Returns whether the lock was still held. */
    boolean keep(String name, long version, Expiry rest) {
        return locks.compareAndSet(name, version, host, rest).isPresent();
    }
}
