package dev.kvstore.shedlock;

import dev.kvstore.KvStore;
import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for a {@link LockProvider}
 * that keeps its locks in the {@link KvStore}. It yields to a {@code LockProvider} of the application. Jobs are locked
 * as ShedLock's documentation says:
 *
 * <pre>{@code
 * @Component
 * class Reports {
 *
 *     @Scheduled(cron = "0 0 2 * * *")
 *     @SchedulerLock(name = "nightly-report", lockAtMostFor = "30m", lockAtLeastFor = "1m")
 *     void write() {
 *         LockAssert.assertLocked();
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(after = KvStoreAutoConfiguration.class)
@ConditionalOnClass(LockProvider.class)
@ConditionalOnBooleanProperty(name = "kvstore.shedlock.enabled", matchIfMissing = true)
@ConditionalOnBean(KvStore.class)
@EnableConfigurationProperties(KvShedLockProperties.class)
public final class KvShedLockAutoConfiguration implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(KvShedLockAutoConfiguration.class);

    private final KvShedLockProperties properties;
    private final ListableBeanFactory beans;

    KvShedLockAutoConfiguration(KvShedLockProperties properties, ListableBeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** The provider, whose class is not final so that a host can inject it lazily or advise it. */
    @Bean
    @ConditionalOnMissingBean(LockProvider.class)
    KvLockProvider kvLockProvider(KvStore store) {
        String prefix = properties.prefix();
        if (prefix.isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "kvstore.shedlock.prefix", prefix, "It must have a visible character, such as 'shedlock:'.");
        }
        return new KvLockProvider(store.group(prefix + "locks").durability(properties.durability()));
    }

    /** Logs which provider has the locks: two applications that use different ones do not exclude each other. */
    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanNamesForType(LockProvider.class, true, false)) {
            if (name.equals("kvLockProvider")) {
                log.info("ShedLock's locks are in the store, in the group '{}locks'", properties.prefix());
            } else {
                log.info("ShedLock's locks are not in the store: the application has a LockProvider, '{}'", name);
            }
        }
    }
}
