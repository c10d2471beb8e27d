package dev.kvstore.contract.h2;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.contract.KvStoreContract;
import java.time.InstantSource;

/** A second engine with one {@code Dialect} and one {@code Engine} fulfils the whole contract. */
@Heavy
class H2StoreTest extends KvStoreContract {

    @Override
    protected KvStore openStore(InstantSource clock) {
        return new H2KvStore(clock, null);
    }

    @Override
    protected void closeStore(KvStore store) {
        ((H2KvStore) store).close();
    }

    /** Its two lanes commit side by side, and a log in the order of the commits is not worth the lines here. */
    @Override
    protected boolean hasChanges() {
        return false;
    }
}
