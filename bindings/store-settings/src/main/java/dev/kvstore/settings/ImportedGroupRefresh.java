package dev.kvstore.settings;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** Replaces the property source of an imported group when the group changes, and tells Spring Cloud which keys did. */
class ImportedGroupRefresh implements SmartInitializingSingleton {

    private static final Log log = LogFactory.getLog(ImportedGroupRefresh.class);

    private final KvStore store;
    private final GroupWatch watch;
    private final ConfigurableEnvironment environment;
    private final ApplicationEventPublisher events;

    ImportedGroupRefresh(
            KvStore store, GroupWatch watch, ConfigurableEnvironment environment, ApplicationEventPublisher events) {
        this.store = store;
        this.watch = watch;
        this.environment = environment;
        this.events = events;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source.getName().startsWith(ImportedGroup.PREFIX) && source instanceof MapPropertySource) {
                watch.add(new Imported(
                        store.group(source.getName().substring(ImportedGroup.PREFIX.length())), source.getName()));
            }
        }
    }

    private final class Imported implements WatchedGroup {

        private final KvGroup<String> entries;
        private final String source;

        Imported(KvGroup<String> entries, String source) {
            this.entries = entries;
            this.source = source;
        }

        @Override
        public String group() {
            return entries.name();
        }

        @Override
        public synchronized void read() {
            MutablePropertySources sources = environment.getPropertySources();
            if (!(sources.get(source) instanceof MapPropertySource before)) {
                return;
            }
            Map<String, String> now = entries.getAll();
            Set<String> changed = changed(before.getSource(), now);
            if (!changed.isEmpty()) {
                try {
                    sources.replace(source, ImportedGroup.of(group(), now));
                } catch (KvSettingsException e) {
                    log.warn(e.problem() + "; the configuration stays as it was. " + e.action());
                    return;
                }
                events.publishEvent(new EnvironmentChangeEvent(changed));
            }
        }

        private static Set<String> changed(Map<String, Object> before, Map<String, String> now) {
            Set<String> keys = new TreeSet<>(before.keySet());
            keys.addAll(now.keySet());
            keys.removeIf(key -> Objects.equals(before.get(key), now.get(key)));
            return keys;
        }
    }
}
