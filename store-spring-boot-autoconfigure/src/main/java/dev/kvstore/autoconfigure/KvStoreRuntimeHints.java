package dev.kvstore.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

/**
 * Hints for everything the store looks up by name at run time: migrations, templates, and the annotated purge method.
 */
final class KvStoreRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("db/kvstore/**");
        hints.resources().registerPattern("kvstore/templates/**");
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, KvStorePurger.class);
    }
}
