package dev.kvstore.session;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import java.time.InstantSource;

/** Sessions in PostgreSQL fulfil the contract. */
@Heavy
@NeedsPostgres
class PostgresSessionsTest extends SessionRepositoryContract {

    private final String schema = EmptySchemas.take();

    @Override
    KvStore openStore(InstantSource clock) {
        return PostgresKvStore.builder()
                .url(EmptySchemas.url())
                .username(PostgresServer.ADMIN)
                .schema(schema)
                .poolSize(4)
                .clock(clock)
                .build();
    }

    @Override
    void closeStore(KvStore store) {
        ((PostgresKvStore) store).close();
        EmptySchemas.giveBack(schema);
    }
}
