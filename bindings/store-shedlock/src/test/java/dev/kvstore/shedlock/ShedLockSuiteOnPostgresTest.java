package dev.kvstore.shedlock;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import org.junit.jupiter.api.AfterEach;

@Heavy
@NeedsPostgres
class ShedLockSuiteOnPostgresTest extends ShedLockSuite {

    private final String schema = EmptySchemas.take();
    private final PostgresKvStore store = PostgresKvStore.builder()
            .url(EmptySchemas.url())
            .username(PostgresServer.ADMIN)
            .schema(schema)
            .build();

    @Override
    KvStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
        EmptySchemas.giveBack(schema);
    }
}
