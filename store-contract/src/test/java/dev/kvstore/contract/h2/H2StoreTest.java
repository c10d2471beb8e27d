package dev.kvstore.contract.h2;

import dev.kvstore.KvStore;
import dev.kvstore.contract.KvStoreContract;
import java.time.InstantSource;

/** A second engine with one {@code Dialect} and one {@code Engine} fulfils the whole contract. */
class H2StoreTest extends KvStoreContract {

    @Override
    protected KvStore openStore(InstantSource clock) {
        return new H2KvStore(clock, null);
    }

    @Override
    protected void closeStore(KvStore store) {
        ((H2KvStore) store).close();
    }
}
