package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Operation;
import dev.kvstore.engine.Query;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls an observer for each operation. A store without an observer calls its engine directly. */
final class ObservedEngine implements Engine {

    private static final Map<Class<?>, KvOperation> OPERATIONS = Map.ofEntries(
            Map.entry(Query.Get.class, KvOperation.GET),
            Map.entry(Query.GetStored.class, KvOperation.GET),
            Map.entry(Query.Find.class, KvOperation.ENTRY),
            Map.entry(Query.Contains.class, KvOperation.CONTAINS),
            Map.entry(Query.GetAll.class, KvOperation.GET_ALL),
            Map.entry(Query.GetEach.class, KvOperation.GET_ALL),
            Map.entry(Query.Count.class, KvOperation.COUNT),
            Map.entry(Query.Page.class, KvOperation.PAGE),
            Map.entry(Query.NextGroup.class, KvOperation.GROUPS),
            Map.entry(Change.Put.class, KvOperation.SET),
            Map.entry(Change.GetAndSet.class, KvOperation.GET_AND_SET),
            Map.entry(Change.GetOrSet.class, KvOperation.GET_OR_SET),
            Map.entry(Change.Expire.class, KvOperation.EXPIRE),
            Map.entry(Change.GetAndExpire.class, KvOperation.GET_AND_EXPIRE),
            Map.entry(Change.Increment.class, KvOperation.INCREMENT),
            Map.entry(Change.Delete.class, KvOperation.DELETE),
            Map.entry(Change.GetAndDelete.class, KvOperation.GET_AND_DELETE),
            Map.entry(Change.DeleteGroup.class, KvOperation.DELETE_RANGE),
            Map.entry(Change.DeleteRange.class, KvOperation.DELETE_RANGE),
            Map.entry(Change.AllOrNothing.class, KvOperation.BATCH),
            Map.entry(Change.Purge.class, KvOperation.PURGE));

    private final Engine engine;
    private final KvObserver observer;
    private final int readsPerObservation;

    ObservedEngine(Engine engine, KvObserver observer) {
        this.engine = engine;
        this.observer = observer;
        this.readsPerObservation = observer.readsPerObservation();
    }

    static KvOperation of(Operation<?> operation) {
        return of(operation.getClass());
    }

    static KvOperation of(Class<?> operation) {
        return OPERATIONS.getOrDefault(operation, KvOperation.CHANGES);
    }

    @Override
    public <T extends @Nullable Object> T read(Query<T> query) {
        return isObserved() ? observe(query, () -> engine.read(query)) : engine.read(query);
    }

    // At random, since every nth could always be the same one of the application's n reads.
    private boolean isObserved() {
        return readsPerObservation == 1
                || (readsPerObservation > 1 && ThreadLocalRandom.current().nextInt(readsPerObservation) == 0);
    }

    @Override
    public <T extends @Nullable Object> T write(Change<T> change, Durability durability) {
        return observe(change, () -> engine.write(change, durability));
    }

    private <T extends @Nullable Object> T observe(Operation<T> executed, Supplier<T> execution) {
        KvOperation operation = of(executed);
        Object started = observer.started(operation);
        long start = System.nanoTime();
        try {
            T result = execution.get();
            observer.ended(operation, started, System.nanoTime() - start, null);
            return result;
        } catch (RuntimeException | Error e) {
            observer.ended(operation, started, System.nanoTime() - start, e);
            throw e;
        }
    }

    @Override
    public KvStatus status() {
        return engine.status();
    }

    @Override
    public void requireNotCommitting() {
        engine.requireNotCommitting();
    }

    @Override
    public boolean isShared() {
        return engine.isShared();
    }

    @Override
    public void requireOpen() {
        engine.requireOpen();
    }

    @Override
    public Instant now() {
        return engine.now();
    }
}
