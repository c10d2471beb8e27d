package dev.kvstore.session;

import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.events.AbstractSessionEvent;

/** Publishes what happened to sessions, once it is stored. */
final class SessionEvents {

    private static final Log log = LogFactory.getLog(SessionEvents.class);

    private volatile ApplicationEventPublisher publisher = event -> {};

    void to(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** A listener's exception must neither undo what is stored nor keep other sessions from expiring. */
    void publish(Supplier<AbstractSessionEvent> event) {
        try {
            publisher.publishEvent(event.get());
        } catch (RuntimeException e) {
            log.error("A listener of session events failed", e);
        }
    }
}
