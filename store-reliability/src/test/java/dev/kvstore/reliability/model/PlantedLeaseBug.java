package dev.kvstore.reliability.model;

import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.KvStore;
import dev.kvstore.reliability.ForwardingKvStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Bugs of leases; a test that does not find them proves nothing. */
enum PlantedLeaseBug implements UnaryOperator<KvStore> {
    A_LEASE_WHOSE_TIME_IS_UP_IS_RENEWED {
        @Override
        boolean renew(KvLeases leases, KvLease lease, Duration duration) {
            return lease.renew(duration)
                    || leases.tryAcquire(lease.name(), duration).isPresent();
        }
    },
    A_CLOSED_LEASE_STAYS_TAKEN {
        @Override
        void close(KvLease lease) {
            lease.name();
        }
    };

    boolean renew(KvLeases leases, KvLease lease, Duration duration) {
        return lease.renew(duration);
    }

    void close(KvLease lease) {
        lease.close();
    }

    Variant variant() {
        return Variant.MEMORY.wrapped(name(), this);
    }

    @Override
    public KvStore apply(KvStore sound) {
        return new ForwardingKvStore(sound) {
            @Override
            public KvLeases leases() {
                return new Leases(kv.leases());
            }
        };
    }

    private final class Leases implements KvLeases {

        private final KvLeases sound;

        Leases(KvLeases sound) {
            this.sound = sound;
        }

        @Override
        public Optional<KvLease> tryAcquire(String name, Duration duration) {
            return sound.tryAcquire(name, duration).map(this::planted);
        }

        @Override
        public Optional<KvLease> acquire(String name, Duration duration, Duration atMost) throws InterruptedException {
            return sound.acquire(name, duration, atMost).map(this::planted);
        }

        private KvLease planted(KvLease lease) {
            return new KvLease() {
                @Override
                public String name() {
                    return lease.name();
                }

                @Override
                public long token() {
                    return lease.token();
                }

                @Override
                public Instant expiresAt() {
                    return lease.expiresAt();
                }

                @Override
                public boolean renew(Duration duration) {
                    return PlantedLeaseBug.this.renew(sound, lease, duration);
                }

                @Override
                public void close() {
                    PlantedLeaseBug.this.close(lease);
                }
            };
        }
    }
}
