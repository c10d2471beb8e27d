package dev.kvstore.autoconfigure.actuate;

import java.util.List;
import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the endpoint {@code kvstore}.
 *
 * @param showValues When to show values instead of asterisks.
 * @param roles Roles that are authorized to see values; any authenticated user if empty.
 * @param hiddenGroups Prefixes of groups that the endpoint does not show: by default those of the bindings, whose keys
 *     are session ids, tokens and addresses.
 */
@ConfigurationProperties("management.endpoint.kvstore")
record KvStoreEndpointProperties(
        @DefaultValue("never") Show showValues,
        @DefaultValue Set<String> roles,

        @DefaultValue({"session:", "cache:", "shedlock:", "bucket:", "rate-limit:", "security:"})
        List<String> hiddenGroups) {}
