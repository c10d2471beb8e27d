package dev.kvstore.cache;

import dev.kvstore.Heavy;
import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import java.time.Duration;

/** Values as JSON in PostgreSQL, bounded by their number. */
@Heavy
@NeedsPostgres
class BoundedJsonCacheOnPostgresTest extends CacheContract {

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

    @Override
    void closeStore() {
        store.close();
        EmptySchemas.giveBack(schema);
    }

    @Override
    KvCacheSettings settings() {
        return KvCacheSettings.of(Duration.ofHours(1), 1000).withType(Book.class);
    }
}
