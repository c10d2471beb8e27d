package dev.kvstore.settings;

import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.properties.bind.Binder;

/** A group of the store that is imported as configuration. Two of one group are equal. */
final class KvConfigDataResource extends ConfigDataResource {

    private final String group;
    private final Binder binder;

    /** Creates a resource; the binder has the properties of the store. */
    KvConfigDataResource(String group, Binder binder) {
        this.group = group;
        this.binder = binder;
    }

    String group() {
        return group;
    }

    Binder binder() {
        return binder;
    }

    boolean isEnabled() {
        return isTrue("kvstore.enabled") && isTrue("kvstore.settings.enabled");
    }

    private boolean isTrue(String property) {
        return binder.bind(property, Boolean.class).orElse(true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KvConfigDataResource resource && resource.group.equals(group);
    }

    @Override
    public int hashCode() {
        return group.hashCode();
    }

    @Override
    public String toString() {
        return "group '" + group + "' of the store";
    }
}
