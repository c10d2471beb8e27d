package dev.kvstore.autoconfigure.actuate;

import dev.kvstore.KvObserver;
import dev.kvstore.KvOperation;
import dev.kvstore.KvStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Keeps the status of the store, and why its last write failed. Wants no reads, so that they cost nothing. */
class KvStoreWatch implements KvObserver {

    private volatile @Nullable KvStatus status;
    private volatile @Nullable WriteFailure lastWriteFailure;

    @Override
    public void opened(KvStatus status) {
        this.status = status;
    }

    @Override
    public int readsPerObservation() {
        return 0;
    }

    @Override
    public void ended(KvOperation operation, @Nullable Object started, long nanos, @Nullable Throwable failure) {
        if (failure == null) {
            // Read first: a volatile write for each write of the store would be shared by all its threads.
            if (lastWriteFailure != null) {
                lastWriteFailure = null;
            }
        } else if (!isFaultOfTheCaller(failure)) {
            lastWriteFailure = new WriteFailure(Instant.now(), WriteFailure.inWords(failure));
        }
    }

    // Too long a value, a wrong type, a closed or read-only store, a lost race: the store is as healthy as before.
    private static boolean isFaultOfTheCaller(Throwable failure) {
        return failure instanceof InvalidDataAccessApiUsageException
                || failure instanceof OptimisticLockingFailureException
                || failure instanceof IllegalArgumentException;
    }

    /** Null before the store is opened, and if the application has a store of its own. */
    @Nullable
    KvStatus status() {
        return status;
    }

    /** Null if the last write succeeded. */
    @Nullable
    WriteFailure lastWriteFailure() {
        return lastWriteFailure;
    }
}
