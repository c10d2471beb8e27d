package dev.kvstore.contract.h2;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.jdbc.NearCache;
import java.time.InstantSource;
import org.springframework.util.unit.DataSize;

/** A near cache works on a second engine as well. */
@Heavy
class NearCachedH2StoreTest extends H2StoreTest {

    @Override
    protected KvStore openStore(InstantSource clock) {
        return new H2KvStore(clock, new NearCache(DataSize.ofMegabytes(1)));
    }
}
