package dev.kvstore.reliability;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Carries out operations on a store. */
record CrashCalls(KvStore kv) {

    /** Returns the version that the operation gave to the entry of its key, 0 if none is known. */
    long apply(CrashOperation operation) {
        KvGroup<String> group = group(operation);
        String key = operation.key();
        String value = operation.value();
        switch (operation.kind()) {
            case SET -> set(operation, group);
            case SET_ALL -> group.setAll(many(operation.mark()));
            case SET_IF_ABSENT -> group.setIfAbsent(key, value, operation.expiry());
            case SET_IF_PRESENT -> group.setIfPresent(key, value, operation.expiry());
            case COMPARE_AND_SET -> {
                OptionalLong version = group.compareAndSet(key, version(group, key), value, operation.expiry());
                return version.orElseThrow(() -> new IllegalStateException("The version has changed"));
            }
            case COMPARE_AND_DELETE -> group.compareAndDelete(key, version(group, key));
            case GET_AND_SET -> group.getAndSet(key, value, operation.expiry());
            case GET_AND_DELETE -> group.getAndDelete(key);
            case GET_OR_COMPUTE -> group.getOrCompute(key, operation.expiry(), () -> value);
            case UPDATE ->
                group.update(key, operation.expiry(), live -> live.isPresent() ? Optional.empty() : Optional.of(value));
            case EXPIRE -> group.expire(key, operation.expiry());
            case INCREMENT, INCREMENT_SHARED -> counters(operation).increment(key, 1);
            case BATCH -> require(batch(operation, version(group, key)).commit());
            case REFUSED_BATCH ->
                require(!batch(operation, version(group, key) + 1).commit());
            case DELETE -> delete(operation, group);
            case DELETE_RANGE -> group.deleteAll(KvRange.prefix(CrashOperation.MANY));
            case DELETE_GROUP -> deleteGroup(operation, group);
            case PURGE -> kv.purgeExpired();
        }
        return operation.givesNewVersion() ? version(group, key) : 0;
    }

    // Through the flat methods, too.
    private void set(CrashOperation operation, KvGroup<String> group) {
        if (operation.durability() == Durability.NORMAL) {
            group.set(operation.key(), operation.value(), operation.expiry());
        } else if (operation.ttl() == null) {
            kv.set(operation.group(), operation.key(), operation.value());
        } else {
            kv.set(operation.group(), operation.key(), operation.value(), operation.ttl());
        }
    }

    private void delete(CrashOperation operation, KvGroup<String> group) {
        if (operation.durability() == Durability.NORMAL) {
            group.delete(operation.key());
        } else {
            kv.delete(operation.group(), operation.key());
        }
    }

    private void deleteGroup(CrashOperation operation, KvGroup<String> group) {
        if (operation.durability() == Durability.NORMAL) {
            group.clear();
        } else {
            kv.deleteGroup(operation.group());
        }
    }

    private KvBatch batch(CrashOperation operation, long expectedVersion) {
        KvGroup<String> group = group(operation);
        KvGroup<String> second =
                kv.group(CrashOperation.group(operation.thread(), 1)).durability(operation.durability());
        return kv.batch()
                .check(group, operation.key(), expectedVersion)
                .increment(counters(CrashOperation.SHARED, operation), CrashOperation.BATCHES, 1)
                .set(group, operation.key(), operation.value())
                .set(second, operation.key(), operation.mark(), operation.expiry())
                .delete(group, operation.other())
                .increment(
                        counters(CrashOperation.groupOfBatches(operation.thread()), operation),
                        CrashOperation.COUNTER,
                        1);
    }

    /** The same as the batch of an operation, but not at once. */
    void applyInPieces(CrashOperation batch) {
        KvGroup<String> group = group(batch);
        counters(CrashOperation.SHARED, batch).increment(CrashOperation.BATCHES, 1);
        group.set(batch.key(), batch.value());
        kv.group(CrashOperation.group(batch.thread(), 1)).set(batch.key(), batch.mark(), batch.expiry());
        group.delete(batch.other());
        counters(CrashOperation.groupOfBatches(batch.thread()), batch).increment(CrashOperation.COUNTER, 1);
    }

    /** The same as an increment, but another one in between is lost. */
    void incrementInTwoSteps(CrashOperation operation) {
        KvGroup<Long> counters = counters(operation);
        long before = counters.get(operation.key()).orElse(0L);
        counters.set(operation.key(), before + 1, Expiry.keep());
    }

    private KvGroup<String> group(CrashOperation operation) {
        return kv.group(operation.group()).durability(operation.durability());
    }

    private KvGroup<Long> counters(CrashOperation operation) {
        return counters(operation.group(), operation);
    }

    private KvGroup<Long> counters(String group, CrashOperation operation) {
        return kv.group(group, Long.class).durability(operation.durability());
    }

    private static long version(KvGroup<String> group, String key) {
        return group.entry(key).map(KvEntry::version).orElse(0L);
    }

    private static Map<String, String> many(String value) {
        return IntStream.range(0, CrashOperation.LENGTH_OF_MANY)
                .boxed()
                .collect(Collectors.toMap(i -> CrashOperation.MANY + i, i -> value));
    }

    private static void require(boolean result) {
        if (!result) {
            throw new IllegalStateException("A batch was refused, or was not, against its check");
        }
    }
}
