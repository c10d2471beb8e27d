package dev.kvstore.test.autoconfigure;

import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Keeps tests out of the file of the developer: their store is in memory, unless a property names another place. */
final class MemoryStoreContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        return new MemoryStore();
    }

    /** A record, since the cache of contexts compares it. */
    private record MemoryStore() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource("kvstore-test", Map.of("kvstore.path", ":memory:")));
        }
    }
}
