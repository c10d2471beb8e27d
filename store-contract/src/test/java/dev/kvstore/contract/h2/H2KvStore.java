package dev.kvstore.contract.h2;

import dev.kvstore.TemplateSettings;
import dev.kvstore.jdbc.JdbcKvStore;
import dev.kvstore.jdbc.Limits;
import dev.kvstore.jdbc.NearCache;
import dev.kvstore.jdbc.StoreOptions;
import dev.kvstore.jdbc.TemplateRenderer;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A store on H2, with the operations of every store. */
final class H2KvStore extends JdbcKvStore implements AutoCloseable {

    private final H2Engine engine;

    H2KvStore(InstantSource clock, @Nullable NearCache cache) {
        this(new H2Engine(clock), cache);
    }

    private H2KvStore(H2Engine engine, @Nullable NearCache cache) {
        super(engine, new StoreOptions(Limits.DEFAULTS, cache), TemplateRenderer.with(TemplateSettings.DEFAULTS));
        this.engine = engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
