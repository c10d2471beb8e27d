package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of a store in one registry. No tag is a group or a key, whose number has no bound. */
final class BoundMeters {

    private static final String OPERATIONS = "kvstore.operations";
    private static final String DESCRIPTION = "Operations on the database of the store";

    private final MeterRegistry registry;
    private final Map<KvOperation, Recorded> successes = new ConcurrentHashMap<>();
    private final Map<KvOperation, Recorded> failures = new ConcurrentHashMap<>();
    private final Timer commit;
    private final DistributionSummary batch;
    private final Counter purged;

    BoundMeters(MeterRegistry registry, KvStatus status) {
        this.registry = registry;
        this.commit = Timer.builder("kvstore.commit")
                .description("Transactions that were committed, with their sync")
                .register(registry);
        this.batch = DistributionSummary.builder("kvstore.commit.batch")
                .description("Writes that were committed together")
                .register(registry);
        this.purged = Counter.builder("kvstore.purged")
                .description("Rows of expired entries that were removed")
                .baseUnit(BaseUnits.ROWS)
                .register(registry);
        gauge("kvstore.pending", "Writes that wait for a commit", null, status, KvStatus::pendingWrites);
        if (status.file().isPresent()) {
            size("kvstore.file.size", "Size of the file", status, KvStatus::size);
            size("kvstore.wal.size", "Size of the write-ahead log", status, KvStatus::walSize);
        }
        if (status.nearCache().isPresent()) {
            new NearCacheMeters(status).bindTo(registry);
        }
        if (status.pool().isPresent()) {
            pool("kvstore.pool.active", "Connections in use", status, KvStatus.Pool::active);
            pool("kvstore.pool.idle", "Connections that are free", status, KvStatus.Pool::idle);
            pool("kvstore.pool.waiting", "Callers that wait for a connection", status, KvStatus.Pool::waiting);
            pool("kvstore.pool.max", "Connections that there can be", status, KvStatus.Pool::max);
        }
    }

    private void size(String name, String description, KvStatus status, Function<KvStatus, OptionalLong> size) {
        gauge(name, description, BaseUnits.BYTES, status, state ->
                (double) size.apply(state).orElse(0));
    }

    private void pool(String name, String description, KvStatus status, ToDoubleFunction<KvStatus.Pool> number) {
        gauge(
                name,
                description,
                BaseUnits.CONNECTIONS,
                status,
                state -> state.pool().map(pool -> number.applyAsDouble(pool)).orElse(0.0));
    }

    private void gauge(
            String name, String description, @Nullable String unit, KvStatus status, ToDoubleFunction<KvStatus> value) {
        Gauge.builder(name, status, value)
                .description(description)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }

    /** Counts an operation that stands for several. */
    void ended(KvOperation operation, int weight, long nanos, boolean success) {
        Map<KvOperation, Recorded> operations = success ? successes : failures;
        Recorded recorded = operations.get(operation);
        if (recorded == null) {
            recorded = operations.computeIfAbsent(operation, first -> recorded(first, success));
        }
        recorded.record(weight, nanos);
    }

    // On the first use: most applications use few of the operations, and see few of them fail.
    private Recorded recorded(KvOperation operation, boolean success) {
        Tags tags = Tags.of("operation", operation.text(), "outcome", Outcomes.text(success));
        return operation.isWrite() ? timer(tags) : sampled(tags);
    }

    private Recorded timer(Tags tags) {
        Timer timer =
                Timer.builder(OPERATIONS).description(DESCRIPTION).tags(tags).register(registry);
        return (weight, nanos) -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Recorded sampled(Tags tags) {
        SampledTimes times = new SampledTimes();
        FunctionTimer.builder(OPERATIONS, times, SampledTimes::count, SampledTimes::nanos, TimeUnit.NANOSECONDS)
                .description(DESCRIPTION)
                .tags(tags)
                .register(registry);
        return times;
    }

    void committed(int writes, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        batch.record(writes);
    }

    void purged(long rows) {
        purged.increment((double) rows);
    }
}
