package dev.kvstore.settings;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows groups that were refused. The status is then unknown and not down: the application works, with the last good
 * settings, and a wrong entry must not take all its nodes out of service.
 */
class KvSettingsHealth extends AbstractHealthIndicator {

    private final ObjectProvider<StoreSettingsBinder> settings;

    /** Creates the health of the settings; there are none if the application has a binder of its own. */
    KvSettingsHealth(ObjectProvider<StoreSettingsBinder> settings) {
        super("The settings could not be checked");
        this.settings = settings;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        settings.ifAvailable(bound -> {
            Map<String, String> refusals = bound.refusals();
            if (!refusals.isEmpty()) {
                health.unknown().withDetail("refused", refusals);
            }
            health.withDetail("groups", bound.groups());
        });
    }
}
