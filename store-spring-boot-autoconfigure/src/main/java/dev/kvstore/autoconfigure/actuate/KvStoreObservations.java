package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * An observation for each operation, from which handlers make meters and spans. The failure itself is not handed to
 * them, only its type: its message may name a key.
 */
class KvStoreObservations implements KvObserver {

    private static final String NAME = "kvstore.operations";

    private final ObservationRegistry registry;

    KvStoreObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Object started(KvOperation operation) {
        return Observation.createNotStarted(NAME, registry)
                .contextualName("kvstore " + operation.text())
                .lowCardinalityKeyValue("operation", operation.text())
                .start();
    }

    @Override
    public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
        if (started instanceof Observation observation) {
            observation
                    .lowCardinalityKeyValue("outcome", Outcomes.text(failure == null))
                    .lowCardinalityKeyValue(
                            "exception",
                            failure == null ? "none" : failure.getClass().getSimpleName())
                    .stop();
        }
    }
}
