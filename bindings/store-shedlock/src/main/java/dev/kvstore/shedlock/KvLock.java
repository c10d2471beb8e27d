package dev.kvstore.shedlock;

import dev.kvstore.Expiry;
import java.time.Duration;
import java.util.Optional;
import net.javacrumbs.shedlock.core.AbstractSimpleLock;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that is held while its entry lives and has the version that it was acquired with. */
final class KvLock extends AbstractSimpleLock {

    static final long ABSENT = 0;

    private static final Logger log = LoggerFactory.getLogger(KvLockProvider.class);

    private final KvLockProvider provider;
    private final long version;

    KvLock(KvLockProvider provider, LockConfiguration configuration, long version) {
        super(configuration);
        this.provider = provider;
        this.version = version;
    }

    @Override
    protected void doUnlock() {
        Duration rest = restOfLockAtLeastFor();
        String name = lockConfiguration.getName();
        boolean held = rest.compareTo(Duration.ZERO) > 0
                ? provider.keep(name, version, Expiry.after(atLeastAMillisecond(rest)))
                : provider.release(name, version);
        if (!held) {
            log.warn(
                    "Lock '{}' had expired before it was released, so that another holder may have had it at the same"
                            + " time. Make lockAtMostFor, which is {}, longer than the work takes.",
                    name,
                    lockConfiguration.getLockAtMostFor());
        }
    }

    // ShedLock's clock may be set back; the lock must not become longer by that.
    private Duration restOfLockAtLeastFor() {
        Duration rest = Duration.between(ClockProvider.now(), lockConfiguration.getLockAtLeastUntil());
        Duration whole = lockConfiguration.getLockAtLeastFor();
        return rest.compareTo(whole) < 0 ? rest : whole;
    }

    @Override
    protected Optional<SimpleLock> doExtend(LockConfiguration configuration) {
        return provider.acquire(configuration, version);
    }

    /** ShedLock allows a duration of 0, the store does not. */
    static Duration atLeastAMillisecond(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
    }
}
