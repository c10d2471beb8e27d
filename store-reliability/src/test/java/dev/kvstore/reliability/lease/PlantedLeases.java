package dev.kvstore.reliability.lease;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Leases made of an entry, as an application could make them, with one flaw. */
record PlantedLeases(Flaw flaw, KvGroup<String> group, InstantSource clock, AtomicLong count) implements KvLeases {

    enum Flaw {
        /** The leases of the store itself. */
        NONE,
        /** The imitation, without a flaw. */
        IMITATION,
        TAKES_IN_TWO_STEPS,
        RENEWS_A_LOST_LEASE,
        CLOSES_THE_LEASE_OF_ANOTHER,
        COUNTS_TOKENS_IN_THE_PROCESS
    }

    static KvLeases with(Flaw flaw, KvStore kv, InstantSource clock) {
        return flaw == Flaw.NONE ? kv.leases() : new PlantedLeases(flaw, kv.group("leases"), clock, new AtomicLong());
    }

    @Override
    public Optional<KvLease> tryAcquire(String name, Duration duration) {
        Planted lease = new Planted(this, name, UUID.randomUUID().toString());
        return lease.take(duration) ? Optional.of(lease) : Optional.empty();
    }

    @Override
    public Optional<KvLease> acquire(String name, Duration duration, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Optional<KvLease> lease = tryAcquire(name, duration);
        while (lease.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
            lease = tryAcquire(name, duration);
        }
        return lease;
    }

    /** A lease of one thread. */
    private static final class Planted implements KvLease {

        private final PlantedLeases leases;
        private final String name;
        private final String holder;
        private long token;
        private long version;
        private Instant expiresAt = Instant.MIN;

        Planted(PlantedLeases leases, String name, String holder) {
            this.leases = leases;
            this.name = name;
            this.holder = holder;
        }

        boolean take(Duration duration) {
            Instant end = leases.clock.instant().plus(duration);
            OptionalLong taken =
                    leases.flaw == Flaw.TAKES_IN_TWO_STEPS ? takeInTwoSteps(duration) : compareAndSet(0, duration);
            taken.ifPresent(first -> {
                version = first;
                token = leases.flaw == Flaw.COUNTS_TOKENS_IN_THE_PROCESS ? leases.count.incrementAndGet() : first;
                expiresAt = end;
            });
            return taken.isPresent();
        }

        private OptionalLong takeInTwoSteps(Duration duration) {
            return leases.group.contains(name) ? OptionalLong.empty() : OptionalLong.of(set(duration));
        }

        private OptionalLong compareAndSet(long expected, Duration duration) {
            return leases.group.compareAndSet(name, expected, holder, Expiry.after(duration));
        }

        private long set(Duration duration) {
            leases.group.set(name, holder, Expiry.after(duration));
            return leases.group.entry(name).map(KvEntry::version).orElse(version);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public Instant expiresAt() {
            return expiresAt;
        }

        @Override
        public boolean renew(Duration duration) {
            Instant end = leases.clock.instant().plus(duration);
            OptionalLong renewed = leases.flaw == Flaw.RENEWS_A_LOST_LEASE
                    ? OptionalLong.of(set(duration))
                    : compareAndSet(version, duration);
            renewed.ifPresent(next -> {
                version = next;
                expiresAt = end;
            });
            return renewed.isPresent();
        }

        @Override
        public void close() {
            if (leases.flaw == Flaw.CLOSES_THE_LEASE_OF_ANOTHER) {
                leases.group.delete(name);
            } else {
                leases.group.compareAndDelete(name, version);
            }
        }
    }
}
