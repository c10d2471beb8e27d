package dev.kvstore.reliability.model;

import dev.kvstore.Expiry;
import dev.kvstore.KvLease;
import dev.kvstore.KvLeases;
import dev.kvstore.reliability.model.ModelEntries.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The leases of the model: entries of a group of their own, which expire and are purged as others are. */
record ModelLeases(ModelEntries entries) implements KvLeases {

    static final String GROUP = "\u0000lease";

    @Override
    public Optional<KvLease> tryAcquire(String name, Duration duration) {
        Legal.name(GROUP, name);
        checkDuration(duration);
        entries.requireWritable();
        return entries.live(GROUP, name) == null ? Optional.of(new Lease(name, duration)) : Optional.empty();
    }

    @Override
    public Optional<KvLease> acquire(String name, Duration duration, Duration atMost) {
        return tryAcquire(name, duration);
    }

    private static void checkDuration(Duration duration) {
        if (Legal.given(duration).isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("not positive");
        }
    }

    private final class Lease implements KvLease {

        private final String name;
        private final long token;
        private final Content holder;
        private Instant expiresAt;
        private boolean closed;

        Lease(String name, Duration duration) {
            this.name = name;
            this.holder = Content.text(UUID.randomUUID().toString());
            this.token = put(duration);
        }

        private long put(Duration duration) {
            long version = entries.put(GROUP, name, holder, Expiry.after(duration));
            expiresAt = entries.live(GROUP, name).expiresAt().orElse(Instant.MAX);
            return version;
        }

        private boolean isHeld() {
            Row row = entries.live(GROUP, name);
            return row != null && row.content().equals(holder);
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
            checkDuration(duration);
            boolean held = !closed && isHeld();
            if (held) {
                put(duration);
            }
            return held;
        }

        @Override
        public void close() {
            if (!closed && isHeld()) {
                entries.remove(GROUP, name);
            }
            closed = true;
        }
    }
}
