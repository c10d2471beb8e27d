package dev.kvstore.reliability.model;

import dev.kvstore.KvLease;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A call that takes a lease, or uses the lease that the caller took last from this store by this name. */
record LeaseCall(Kind kind, int store, String name, Duration duration) implements StoreCall {

    enum Kind {
        TRY_ACQUIRE,
        ACQUIRE_WITHOUT_WAITING,
        RENEW,
        CLOSE
    }

    /** Leases are in no group that a caller can see. */
    @Override
    public View.Group group() {
        return new View.Group(View.TEXT, "leases");
    }

    @Override
    public Object on(KvStore kv, SeenVersions seen) {
        return switch (kind) {
            case TRY_ACQUIRE -> taken(kv.leases().tryAcquire(name, duration), seen);
            case ACQUIRE_WITHOUT_WAITING -> taken(acquire(kv), seen);
            case RENEW ->
                seen.lease(store, name)
                        .map(lease -> List.of(lease.renew(duration), seenOf(lease)))
                        .orElse(List.of());
            case CLOSE -> seen.lease(store, name).map(LeaseCall::closed).orElse(List.of());
        };
    }

    private Optional<KvLease> acquire(KvStore kv) {
        try {
            return kv.leases().acquire(name, duration, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Object taken(Optional<KvLease> lease, SeenVersions seen) {
        lease.ifPresent(held -> seen.hold(store, held));
        return lease.map(LeaseCall::seenOf);
    }

    private static List<Object> closed(KvLease lease) {
        lease.close();
        return seenOf(lease);
    }

    private static List<Object> seenOf(KvLease lease) {
        return List.of(lease.name(), new Version(ModelLeases.GROUP, lease.name(), lease.token()), lease.expiresAt());
    }

    @Override
    public String toString() {
        return kind + " in store " + store + ": " + Printing.print(name) + " for " + duration;
    }
}
