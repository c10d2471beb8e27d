package dev.kvstore.shedlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.test.support.AbstractExtensibleLockProviderIntegrationTest;

/** ShedLock's own suite, which sleeps, and is the same for every provider. */
abstract class ShedLockSuite extends AbstractExtensibleLockProviderIntegrationTest {

    abstract KvStore store();

    private KvGroup<String> locks() {
        return store().group("shedlock:locks");
    }

    @Override
    protected ExtensibleLockProvider getLockProvider() {
        return new KvLockProvider(locks());
    }

    @Override
    protected void assertLocked(String name) {
        assertThat(locks().contains(name)).isTrue();
    }

    @Override
    protected void assertUnlocked(String name) {
        assertThat(locks().contains(name)).isFalse();
    }
}
