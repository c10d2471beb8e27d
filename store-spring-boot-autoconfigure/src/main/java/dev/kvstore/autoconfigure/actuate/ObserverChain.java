package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several observers of one store; reads go only to those that want them, as often as one wants. */
final class ObserverChain implements KvObserver {

    private final KvObserver[] all;
    private final KvObserver[] ofReads;
    private final int readsPerObservation;

    ObserverChain(List<KvObserver> observers) {
        this.all = observers.toArray(KvObserver[]::new);
        this.ofReads = observers.stream()
                .filter(observer -> observer.readsPerObservation() > 0)
                .toArray(KvObserver[]::new);
        this.readsPerObservation = Arrays.stream(ofReads)
                .mapToInt(KvObserver::readsPerObservation)
                .min()
                .orElse(0);
        for (KvObserver observer : ofReads) {
            if (observer instanceof SampledReads sampled) {
                sampled.observesOneReadOf(readsPerObservation);
            }
        }
    }

    @Override
    public void opened(KvStatus status) {
        for (KvObserver observer : all) {
            observer.opened(status);
        }
    }

    @Override
    public int readsPerObservation() {
        return readsPerObservation;
    }

    private KvObserver[] of(KvOperation operation) {
        return operation.isWrite() ? all : ofReads;
    }

    @Override
    public @Nullable Object started(KvOperation operation) {
        KvObserver[] observers = of(operation);
        if (observers.length == 1) {
            return observers[0].started(operation);
        }
        @Nullable Object[] started = new @Nullable Object[observers.length];
        for (int i = 0; i < observers.length; i++) {
            started[i] = observers[i].started(operation);
        }
        return started;
    }

    @Override
    public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
        KvObserver[] observers = of(operation);
        if (observers.length == 1) {
            observers[0].ended(operation, started, nanos, failure);
        } else if (started instanceof Object[] each) {
            for (int i = 0; i < observers.length; i++) {
                observers[i].ended(operation, each[i], nanos, failure);
            }
        }
    }

    @Override
    public void committed(int writes, long nanos) {
        for (KvObserver observer : all) {
            observer.committed(writes, nanos);
        }
    }

    @Override
    public void purged(long rows) {
        for (KvObserver observer : all) {
            observer.purged(rows);
        }
    }
}
