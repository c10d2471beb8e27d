package dev.kvstore.contract.postgresql;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.contract.KvStoreContract;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A store in PostgreSQL fulfils the contract. */
@Heavy
@NeedsPostgres
class PostgresStoreTest extends KvStoreContract {

    private final Map<KvStore, String> schemas = new HashMap<>();

    @Override
    protected KvStore openStore(InstantSource clock) {
        String schema = EmptySchemas.take();
        KvStore store = PostgresKvStore.builder()
                .url(EmptySchemas.url())
                .username(PostgresServer.ADMIN)
                .schema(schema)
                .poolSize(4)
                .clock(clock)
                .build();
        schemas.put(store, schema);
        return store;
    }

    /** The log of changes on PostgreSQL is not written yet. */
    @Override
    protected boolean hasChanges() {
        return false;
    }

    @Override
    protected void closeStore(KvStore store) {
        ((PostgresKvStore) store).close();
        String schema = schemas.remove(store);
        if (schema != null) {
            EmptySchemas.giveBack(schema);
        }
    }
}
