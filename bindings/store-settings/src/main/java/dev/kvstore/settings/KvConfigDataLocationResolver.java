package dev.kvstore.settings;

import java.util.List;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;

/**
 * Resolves {@code spring.config.import=kvstore:settings} to the group 'settings'. It waits until the profiles are
 * known, so that a file of a profile can say where the store is.
 */
final class KvConfigDataLocationResolver implements ConfigDataLocationResolver<KvConfigDataResource> {

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(ImportedGroup.PREFIX);
    }

    @Override
    public List<KvConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return List.of();
    }

    @Override
    public List<KvConfigDataResource> resolveProfileSpecific(
            ConfigDataLocationResolverContext context, ConfigDataLocation location, Profiles profiles) {
        String group = location.getNonPrefixedValue(ImportedGroup.PREFIX);
        if (group.isBlank()) {
            throw new KvSettingsException(
                    "The property 'spring.config.import' has the location 'kvstore:' without a group",
                    "Name the group, such as 'kvstore:settings'.");
        }
        return List.of(new KvConfigDataResource(group, context.getBinder()));
    }
}
