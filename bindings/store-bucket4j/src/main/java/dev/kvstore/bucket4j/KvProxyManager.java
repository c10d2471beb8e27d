package dev.kvstore.bucket4j;

import dev.kvstore.KvGroup;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Manager of Bucket4j's buckets that are entries of a group: processes that share the store share the buckets, and
 * buckets outlive the application.
 *
 * <pre>{@code
 * @Bean
 * KvProxyManager buckets(KvStore kv) {
 *     return KvProxyManager.builder(kv.group("buckets", byte[].class).durability(Durability.NORMAL)).build();
 * }
 * }</pre>
 *
 * <p>Requests of this process to one bucket are combined before the store is asked. Only processes compete, and the one
 * that loses tries again, so that no conflict reaches a caller. By default an entry expires ten seconds after its bucket
 * is full again. Bucket4j measures time by the clock of the process; the clocks of all nodes should agree.
 *
 * <p>Thread-safe. Calls block; the asynchronous ones need {@link Builder#executor}. Errors are those of
 * {@link KvGroup#compareAndSet}. {@link #withMapper} makes a manager with keys of another type.
 *
 * @since 0.1
 */
public class KvProxyManager extends AbstractCompareAndSwapBasedProxyManager<String> {

    private final KvGroup<byte[]> buckets;
    private final @Nullable Executor executor;
    private final CombinedRequests combined = new CombinedRequests();

    /** Creates a manager from a builder. */
    protected KvProxyManager(Builder builder) {
        super(builder.getClientSideConfig());
        this.buckets = builder.buckets;
        this.executor = builder.executor;
    }

    /**
     * Starts to configure a manager.
     *
     * @param buckets the group, which should have no other entries; its durability is that of the buckets
     * @throws IllegalArgumentException if {@code buckets} is null
     */
    public static Builder builder(KvGroup<byte[]> buckets) {
        return new Builder(buckets);
    }

    @Override
    public <T> CommandResult<T> execute(String key, Request<T> request) {
        return combined.execute(key, request.getCommand(), this::executeOne);
    }

    private <T> CommandResult<T> executeOne(String key, RemoteCommand<T> command) {
        ExpirationAfterWriteStrategy expiration =
                getClientSideConfig().getExpirationAfterWriteStrategy().orElse(null);
        return super.execute(
                key, new Request<>(command, getBackwardCompatibilityVersion(), getClientSideTime(), expiration));
    }

    @Override
    public <T> CompletableFuture<CommandResult<T>> executeAsync(String key, Request<T> request) {
        return CompletableFuture.supplyAsync(() -> execute(key, request), requiredExecutor());
    }

    @Override
    public void removeProxy(String key) {
        buckets.delete(key);
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String key) {
        return CompletableFuture.runAsync(() -> buckets.delete(key), requiredExecutor());
    }

    private Executor requiredExecutor() {
        Assert.state(executor != null, "The builder of this manager was given no executor for asynchronous calls");
        return executor;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
        return new BucketEntry(
                buckets,
                key,
                getClientSideConfig().getExpirationAfterWriteStrategy().orElseGet(ExpirationAfterWriteStrategy::none),
                this::currentTimeNanos);
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
        throw new UnsupportedOperationException("Asynchronous calls are blocking calls on the executor");
    }

    /** Returns whether the builder was given an executor. */
    @Override
    public boolean isAsyncModeSupported() {
        return executor != null;
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return true;
    }

    /**
     * Configures a {@link KvProxyManager}; the other settings are Bucket4j's.
     *
     * <p>Not thread-safe.
     */
    public static class Builder extends AbstractProxyManagerBuilder<String, KvProxyManager, Builder> {

        private static final Duration KEPT_AFTER_REFILL = Duration.ofSeconds(10);

        private final KvGroup<byte[]> buckets;
        private @Nullable Executor executor;

        private Builder(KvGroup<byte[]> buckets) {
            Assert.notNull(buckets, "buckets must not be null");
            this.buckets = buckets;
            expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_AFTER_REFILL));
        }

        /**
         * Sets the threads for {@code asAsync()}, which block while they use the store; without it there is no
         * asynchronous mode.
         *
         * @throws IllegalArgumentException if {@code newExecutor} is null
         */
        public Builder executor(Executor newExecutor) {
            Assert.notNull(newExecutor, "executor must not be null");
            executor = newExecutor;
            return this;
        }

        @Override
        public boolean isExpireAfterWriteSupported() {
            return true;
        }

        @Override
        public KvProxyManager build() {
            return new KvProxyManager(this);
        }
    }
}
