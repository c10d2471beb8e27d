package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.KvLease;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.StoredEntry;
import dev.kvstore.engine.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lease is an entry of {@link OwnGroups#LEASES}: its key is the name, and its first version the token. Only the
 * holder knows the version, which each renewal changes. If a renewal failed but was committed, the holder finds its
 * entry by the value, which no other lease has.
 */
final class JdbcKvLease implements KvLease {

    private final Entries entries;
    private final LeaseWaits waits;
    private final String name;
    private final Value.Text holder;
    private final long token;
    private final ReentrantLock lock = new ReentrantLock();
    private long version;
    private boolean closed;
    private volatile Instant expiresAt;

    private JdbcKvLease(
            Entries entries, LeaseWaits waits, String name, Value.Text holder, long token, Instant expiresAt) {
        this.entries = entries;
        this.waits = waits;
        this.name = name;
        this.holder = holder;
        this.token = token;
        this.version = token;
        this.expiresAt = expiresAt;
    }

    /** Takes the lease of a name if nobody has it. */
    static Optional<KvLease> take(Entries entries, LeaseWaits waits, String name, Duration duration) {
        Value.Text holder = new Value.Text(UUID.randomUUID().toString());
        LeaseTerm term = LeaseTerm.of(duration, entries.engine().now());
        OptionalLong token = put(entries, name, holder, term, Condition.ABSENT);
        return token.isPresent()
                ? Optional.of(new JdbcKvLease(entries, waits, name, holder, token.getAsLong(), term.end()))
                : Optional.empty();
    }

    private static OptionalLong put(
            Entries entries, String name, Value.Text holder, LeaseTerm term, Condition condition) {
        int size = holder.text().length();
        return entries.write(
                new Change.Put(OwnGroups.LEASES, name, holder, size, term.expiry(), condition), Durability.FULL);
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
        LeaseTerm.check(duration);
        lock.lock();
        try {
            return !closed && (prolong(duration) || (findVersion() && prolong(duration)));
        } finally {
            lock.unlock();
        }
    }

    private boolean prolong(Duration duration) {
        LeaseTerm term = LeaseTerm.of(duration, entries.engine().now());
        OptionalLong written = put(entries, name, holder, term, Condition.version(version));
        if (written.isEmpty()) {
            return false;
        }
        version = written.getAsLong();
        expiresAt = term.end();
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed && (delete() || (findVersion() && delete()))) {
                waits.wakeOne(name);
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean delete() {
        return entries.write(new Change.Delete(OwnGroups.LEASES, name, Condition.version(version)), Durability.FULL);
    }

    /** Reads the version of the entry again; returns whether the entry is still this lease. */
    private boolean findVersion() {
        StoredEntry found = entries.read(new Query.Find(OwnGroups.LEASES, name));
        if (!holder.equals(found.value())) {
            return false;
        }
        version = found.version();
        return true;
    }

    @Override
    public String toString() {
        return "KvLease[" + Names.printable(name) + " until " + expiresAt + "]";
    }
}
