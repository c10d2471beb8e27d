package dev.kvstore.settings;

import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;

/** The entries of a group as a property source. */
final class ImportedGroup {

    /** Of the location, and of the name of the property source. */
    static final String PREFIX = "kvstore:";

    private static final ConfigurationPropertyName OF_THE_STORE = ConfigurationPropertyName.of("kvstore");

    private ImportedGroup() {}

    /**
     * Creates the property source.
     *
     * @throws KvSettingsException if the group configures the store that it is in
     */
    static MapPropertySource of(String group, Map<String, String> entries) {
        for (String key : entries.keySet()) {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
            if (OF_THE_STORE.equals(name) || OF_THE_STORE.isAncestorOf(name)) {
                throw new KvSettingsException(
                        "The group '" + group + "' has the key '" + key
                                + "', which would configure the store that the group is read from",
                        "Delete the entry from the group, and set the property in application.properties or the"
                                + " environment.");
            }
        }
        return new MapPropertySource(PREFIX + group, Map.copyOf(entries));
    }
}
