package dev.kvstore.settings;

import dev.kvstore.KvOpenException;
import dev.kvstore.autoconfigure.KvStoreBootstrap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;

/** Loads a group of the store as configuration. */
final class KvConfigDataLoader implements ConfigDataLoader<KvConfigDataResource> {

    @Override
    public ConfigData load(ConfigDataLoaderContext context, KvConfigDataResource resource) {
        Map<String, String> entries = resource.isEnabled() ? read(resource) : Map.of();
        if (entries.isEmpty()) {
            throw new ConfigDataResourceNotFoundException(resource);
        }
        return new ConfigData(List.of(ImportedGroup.of(resource.group(), entries)));
    }

    // Also if the import is optional: a store that is broken must not look like one without settings.
    private static Map<String, String> read(KvConfigDataResource resource) {
        try {
            return KvStoreBootstrap.read(
                    resource.binder(), store -> store.group(resource.group()).getAll());
        } catch (KvOpenException e) {
            throw new KvSettingsException(
                    "The " + resource + " could not be imported, because the store '" + e.path()
                            + "' could not be opened: " + e.problem(),
                    (e.action() + " The property 'kvstore.path' or 'kvstore.url' says where the store is.").strip(),
                    e);
        }
    }
}
