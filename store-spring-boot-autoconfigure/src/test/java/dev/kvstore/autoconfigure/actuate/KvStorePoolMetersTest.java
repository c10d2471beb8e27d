package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresServer;
import dev.kvstore.secrets.Secrets;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

/** The meters of a store on a server. */
@NeedsPostgres
class KvStorePoolMetersTest {

    @Test
    void aStoreOnAServerHasThePoolInsteadOfAFile() {
        String schema = EmptySchemas.take();
        KvStoreMetersTest.withMetrics(Monitored.host())
                .withPropertyValues(
                        "kvstore.url=" + EmptySchemas.url(),
                        "kvstore.username=" + PostgresServer.ADMIN,
                        "kvstore.postgresql.schema=" + schema,
                        "kvstore.postgresql.pool-size=2")
                .run(context -> {
                    context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.get("kvstore.pool.max").gauge().value()).isEqualTo(2);
                    assertThat(registry.get("kvstore.pool.active").gauge().value())
                            .isZero();
                    assertThat(registry.get("kvstore.commit").timer().count()).isPositive();
                    assertThat(KvStoreMetersTest.names(registry)).doesNotContain("kvstore.file.size");
                    EmptySchemas.giveBack(schema);
                });
    }
}
