package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStorePostgresAutoConfiguration;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Hosts whose store is monitored. */
final class Monitored {

    private Monitored() {}

    static ApplicationContextRunner host() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ConfigurationPropertiesAutoConfiguration.class,
                        KvStoreAutoConfiguration.class,
                        KvStorePostgresAutoConfiguration.class,
                        KvStoreHealthAutoConfiguration.class,
                        KvStoreMetricsAutoConfiguration.class,
                        KvStoreObservationAutoConfiguration.class,
                        KvStoreEndpointAutoConfiguration.class,
                        KvStoreObserverAutoConfiguration.class))
                .withPropertyValues("kvstore.purge-interval=0");
    }

    static ApplicationContextRunner withStoreIn(Path file) {
        return host().withPropertyValues("kvstore.path=" + file);
    }
}
