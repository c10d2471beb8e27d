package dev.kvstore.autoconfigure;

import java.time.InstantSource;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Tells whoever looks for the reason why the store does not use a clock of the host. */
final class UnqualifiedClocks {

    private static final Log log = LogFactory.getLog(UnqualifiedClocks.class);

    private UnqualifiedClocks() {}

    static void log(ListableBeanFactory beans, ObjectProvider<InstantSource> qualified) {
        if (!log.isDebugEnabled() || qualified.stream().findAny().isPresent()) {
            return;
        }
        String[] names = beans.getBeanNamesForType(InstantSource.class, true, false);
        if (names.length > 0) {
            log.debug("The store uses the system's clock and not the bean of " + List.of(names)
                    + ": only an InstantSource bean annotated with @KvStoreClock is for the store");
        }
    }
}
