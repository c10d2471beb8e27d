package dev.kvstore.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Loads that return futures: one for a key at a time in this process, which others join. */
final class AsyncLoads {

    private final ConcurrentMap<String, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    /** Each caller gets a future of its own, so that none can cancel the load of another. */
    @SuppressWarnings("unchecked") // A key has values of one type.
    <T> CompletableFuture<T> join(String key, Supplier<CompletableFuture<T>> load) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> other = underWay.putIfAbsent(key, result);
        if (other != null) {
            return ((CompletableFuture<T>) other).copy();
        }
        CompletableFuture<T> unused = started(load).whenComplete((value, failure) -> {
            underWay.remove(key, result);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(withoutWrapper(failure));
            }
        });
        return result.copy();
    }

    private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> load) {
        try {
            return load.get();
        } catch (RuntimeException e) { // Such as the rejection by a manager that was destroyed.
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable withoutWrapper(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
