package dev.kvstore.security;

import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import java.time.InstantSource;

/** Tokens in PostgreSQL fulfil the contract. */
@NeedsPostgres
class PostgresTokensTest extends TokensContract {

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
