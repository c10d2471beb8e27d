package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meters of the store, once it is open and there is a registry, whichever comes last. */
class KvStoreMeters implements MeterBinder, KvObserver, SampledReads {

    /** So that a read takes less than one percent longer. */
    static final int READS_PER_OBSERVATION = 16;

    private final boolean timesOperations;
    private final List<MeterRegistry> registries = new ArrayList<>();
    private @Nullable KvStatus status;
    private volatile int weight = READS_PER_OBSERVATION;
    private volatile BoundMeters[] bound = {};

    /** Creates the meters; with observations, the timer of operations comes from them. */
    KvStoreMeters(boolean timesOperations) {
        this.timesOperations = timesOperations;
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        KvStatus opened = status;
        if (opened != null) {
            BoundMeters[] more = Arrays.copyOf(bound, bound.length + 1);
            more[bound.length] = new BoundMeters(registry, opened);
            bound = more;
        }
    }

    @Override
    public synchronized void opened(KvStatus opened) {
        status = opened;
        bound = registries.stream()
                .map(registry -> new BoundMeters(registry, opened))
                .toArray(BoundMeters[]::new);
    }

    @Override
    public int readsPerObservation() {
        return timesOperations ? READS_PER_OBSERVATION : 0;
    }

    @Override
    public void observesOneReadOf(int reads) {
        weight = reads;
    }

    @Override
    public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
        if (timesOperations) {
            for (BoundMeters meters : bound) {
                meters.ended(operation, operation.isWrite() ? 1 : weight, nanos, failure == null);
            }
        }
    }

    @Override
    public void committed(int writes, long nanos) {
        for (BoundMeters meters : bound) {
            meters.committed(writes, nanos);
        }
    }

    @Override
    public void purged(long rows) {
        for (BoundMeters meters : bound) {
            meters.purged(rows);
        }
    }
}
