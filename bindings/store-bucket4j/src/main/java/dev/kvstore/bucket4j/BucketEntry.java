package dev.kvstore.bucket4j;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The state of one bucket, read and replaced if its version is still the same. Used by one thread. */
final class BucketEntry implements CompareAndSwapOperation {

    private static final long ABSENT = 0;

    private final KvGroup<byte[]> buckets;
    private final String key;
    private final ExpirationAfterWriteStrategy expiration;
    private final LongSupplier nanos;
    private long version = ABSENT;

    BucketEntry(KvGroup<byte[]> buckets, String key, ExpirationAfterWriteStrategy expiration, LongSupplier nanos) {
        this.buckets = buckets;
        this.key = key;
        this.expiration = expiration;
        this.nanos = nanos;
    }

    @Override
    public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
        Optional<KvEntry<byte[]>> entry = buckets.entry(key);
        version = entry.map(KvEntry::version).orElse(ABSENT);
        return entry.map(KvEntry::value);
    }

    @Override
    public boolean compareAndSwap(
            byte @Nullable [] original, byte[] state, RemoteBucketState bucket, Optional<Long> timeoutNanos) {
        long millis = expiration.calculateTimeToLiveMillis(bucket, nanos.getAsLong());
        Expiry expiry = millis < 0 ? Expiry.never() : Expiry.after(Duration.ofMillis(Math.max(1, millis)));
        return buckets.compareAndSet(key, version, state, expiry).isPresent();
    }
}
