package dev.kvstore.autoconfigure;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvStore;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The store before there are beans, for integrations that read from it while the environment is being prepared. It is
 * opened by the properties {@code kvstore.*}, without the beans that may customize it later, such as a clock.
 *
 * <pre>{@code
 * Binder binder = Binder.get(new StandardEnvironment());
 * Map<String, String> settings = KvStoreBootstrap.read(binder, kv -> kv.getAll("settings"));
 * }</pre>
 *
 * <p>The store is closed before the bean is opened: a file with a near cache allows only one of them, and nothing stays
 * open if the start fails in between.
 *
 * @since 0.1
 */
public final class KvStoreBootstrap {

    private KvStoreBootstrap() {}

    /**
     * Opens the store, reads from it and closes it.
     *
     * @param binder has the properties of the store
     * @return the result of {@code work}, which must not keep the store
     * @throws KvOpenException if the store cannot be opened
     */
    public static <T> T read(Binder binder, Function<KvStore, T> work) {
        KvStoreProperties properties = binder.bindOrCreate("kvstore", KvStoreProperties.class);
        return properties.url() == null ? OnFile.read(properties, work) : OnServer.read(properties, binder, work);
    }

    private static final class OnFile {

        static <T> T read(KvStoreProperties properties, Function<KvStore, T> work) {
            try (SqliteKvStore store = new KvStoreSettings(properties).store().build()) {
                return work.apply(store);
            }
        }
    }

    /** Loaded only if there is a URL: store-postgresql is optional. */
    private static final class OnServer {

        static <T> T read(KvStoreProperties properties, Binder binder, Function<KvStore, T> work) {
            StandardEnvironment environment = new StandardEnvironment();
            binder.bind("kvstore.path", String.class)
                    .ifBound(path -> environment
                            .getPropertySources()
                            .addFirst(new MapPropertySource("kvstore", Map.of("kvstore.path", path))));
            try (PostgresKvStore store =
                    new PostgresStoreSettings(properties, environment).store().build()) {
                return work.apply(store);
            }
        }
    }
}
