package dev.kvstore.autoconfigure.actuate;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The endpoint over HTTP, where values may depend on who asks. */
@EndpointWebExtension(endpoint = KvStoreEndpoint.class)
class KvStoreEndpointWebExtension {

    private final KvStoreEndpoint endpoint;
    private final Show showValues;
    private final Set<String> roles;

    KvStoreEndpointWebExtension(KvStoreEndpoint endpoint, Show showValues, Set<String> roles) {
        this.endpoint = endpoint;
        this.showValues = showValues;
        this.roles = Set.copyOf(roles);
    }

    @ReadOperation
    KvStoreEndpoint.@Nullable Entries entries(
            SecurityContext caller, @Selector String group, @Nullable String after, @Nullable Integer limit) {
        return endpoint.entries(group, after, limit, showValues.isShown(caller, roles));
    }

    @ReadOperation
    KvStoreEndpoint.@Nullable Entry entry(
            SecurityContext caller,
            @Selector String group,
            @Selector(match = Selector.Match.ALL_REMAINING) String[] key) {
        return endpoint.entry(group, key, showValues.isShown(caller, roles));
    }
}
