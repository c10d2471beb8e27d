package dev.kvstore.bucket4j;

import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.optimization.NopeOptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.batch.BatchingExecutor;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.util.concurrent.batch.BatchHelper.BatchFailedException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Combines the requests that are made to one bucket at the same time, by Bucket4j's own batching. Bucket4j does so for
 * the callers of one {@code Bucket} object; here it is done for all objects with the same key.
 */
final class CombinedRequests {

    private final ConcurrentMap<String, Users> buckets = new ConcurrentHashMap<>();

    /** Executes a command, alone or combined with others. */
    @FunctionalInterface
    interface Requests {
        <T> CommandResult<T> execute(String key, RemoteCommand<T> command);
    }

    /** The executor of a bucket, which is forgotten when nobody uses it. */
    private record Users(BatchingExecutor executor, int count) {

        Users with() {
            return new Users(executor, count + 1);
        }

        @Nullable
        Users without() {
            return count == 1 ? null : new Users(executor, count - 1);
        }
    }

    <T> CommandResult<T> execute(String key, RemoteCommand<T> command, Requests requests) {
        Users users = Objects.requireNonNull(buckets.compute(
                key, (unused, before) -> before == null ? new Users(batching(key, requests), 1) : before.with()));
        try {
            return users.executor().execute(command);
        } catch (BatchFailedException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            buckets.computeIfPresent(key, (unused, before) -> before.without());
        }
    }

    private static BatchingExecutor batching(String key, Requests requests) {
        CommandExecutor one = new CommandExecutor() {
            @Override
            public <T> CommandResult<T> execute(RemoteCommand<T> command) {
                return requests.execute(key, command);
            }
        };
        return new BatchingExecutor(one, NopeOptimizationListener.INSTANCE);
    }
}
