package dev.kvstore.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of the tests. */
record Limits(
        @DefaultValue("100") int requests,
        @DefaultValue("1m") Duration window,
        @DefaultValue List<String> exempt,
        @Nullable Tier tier) {

    record Tier(String name, @DefaultValue("1") int factor) {}

    Limits {
        if (requests > 1_000 && window.toSeconds() > 60) {
            throw new IllegalArgumentException("too many requests for so long a window: " + requests);
        }
    }
}
