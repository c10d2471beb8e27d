package dev.kvstore.autoconfigure;

import java.time.InstantSource;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Logs why the store does not use a clock bean of the host. */
final class UnqualifiedClocks {

    private static final Log log = LogFactory.getLog(UnqualifiedClocks.class);

    private UnqualifiedClocks() {}

    static void log(ListableBeanFactory beans, ObjectProvider<InstantSource> qualified) {
        if (!log.isDebugEnabled() || qualified.stream().findAny().isPresent()) {
            return;
        }
        String[] names = beans.getBeanNamesForType(InstantSource.class, true, false);
        if (names.length > 0) {
            log.debug("The store uses the system clock and ignores the InstantSource beans " + List.of(names)
                    + ": annotate one with @KvStoreClock to make it the store's clock");
        }
    }
}
