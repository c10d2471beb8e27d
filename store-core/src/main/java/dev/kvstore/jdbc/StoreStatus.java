package dev.kvstore.jdbc;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Engine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The status of an engine, with the near cache in front of it. */
record StoreStatus(Engine engine, KvStatus ofEngine, dev.kvstore.jdbc.@Nullable NearCache cache) implements KvStatus {

    StoreStatus(Engine engine, dev.kvstore.jdbc.@Nullable NearCache cache) {
        this(engine, engine.status(), cache);
    }

    @Override
    public boolean isOpen() {
        try {
            engine.requireOpen();
            return true;
        } catch (KvClosedException e) {
            return false;
        }
    }

    @Override
    public Optional<NearCache> nearCache() {
        // No method reference: it would load the class, and with it Caffeine, also where there is no cache.
        return cache == null ? Optional.empty() : Optional.of(cache.numbers());
    }

    @Override
    public int pendingWrites() {
        return ofEngine.pendingWrites();
    }

    @Override
    public Optional<Path> file() {
        return ofEngine.file();
    }

    @Override
    public OptionalLong size() {
        return ofEngine.size();
    }

    @Override
    public OptionalLong walSize() {
        return ofEngine.walSize();
    }

    @Override
    public boolean isCheckpointFailing() {
        return ofEngine.isCheckpointFailing();
    }

    @Override
    public OptionalLong checkpoint() {
        return ofEngine.checkpoint();
    }

    @Override
    public Optional<Pool> pool() {
        return ofEngine.pool();
    }
}
