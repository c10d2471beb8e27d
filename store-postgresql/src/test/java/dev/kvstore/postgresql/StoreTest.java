package dev.kvstore.postgresql;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a store in an empty schema, with the server's clock. */
@NeedsPostgres
abstract class StoreTest {

    String schema;
    PostgresKvStore kv;

    @BeforeEach
    void open() {
        schema = EmptySchemas.take();
        kv = builder().build();
    }

    /** For another store in the same schema. */
    PostgresKvStore.Builder builder() {
        return PostgresKvStore.builder()
                .url(EmptySchemas.url())
                .username(PostgresServer.ADMIN)
                .schema(schema)
                .poolSize(4);
    }

    static void execute(String... statements) {
        PostgresServer.shared().execute(EmptySchemas.DATABASE, statements);
    }

    @AfterEach
    void close() {
        kv.close();
        EmptySchemas.giveBack(schema);
    }
}
