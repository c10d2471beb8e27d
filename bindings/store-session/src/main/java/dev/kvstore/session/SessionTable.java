package dev.kvstore.session;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.KvBatch;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The three groups of the store in which sessions are: the sessions by the digests of their ids, and two indexes, by
 * the digest of the user's name and by the time at which they expire. A batch keeps them in step.
 */
final class SessionTable {

    /**
     * How long the store keeps a session that has expired: so long its attributes can be read for the event. The
     * repository itself decides whether a session has expired.
     */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final char SEPARATOR = ':';
    private static final int KEYS_AT_ONCE = 1_000;

    private final KvStore store;
    private final KvGroup<StoredSession> sessions;
    private final KvGroup<String> principals;
    private final KvGroup<String> expiries;

    SessionTable(KvStore store, String prefix) {
        this.store = store;
        this.sessions = store.group(prefix + "sessions", StoredSessionFormat.CODEC);
        this.principals = store.group(prefix + "principals").durability(Durability.NORMAL);
        this.expiries = store.group(prefix + "expiries").durability(Durability.NORMAL);
    }

    Optional<VersionedSession> find(String id) {
        return findByKey(Digest.of(id)).filter(found -> found.session().id().equals(id));
    }

    private Optional<VersionedSession> findByKey(String key) {
        return sessions.entry(key)
                .map((KvEntry<StoredSession> found) -> new VersionedSession(found.value(), found.version()));
    }

    /** The sessions of a user, given by the digest of the name. */
    List<StoredSession> ofPrincipal(String principal) {
        String prefix = principal + SEPARATOR;
        List<StoredSession> found = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        principals.keys(KvRange.prefix(prefix)).forEach(indexed -> {
            keys.add(indexed.substring(prefix.length()));
            if (keys.size() == KEYS_AT_ONCE) {
                found.addAll(sessions.getAll(keys).values());
                keys.clear();
            }
        });
        found.addAll(sessions.getAll(keys).values());
        found.removeIf(session -> !session.principal().equals(principal));
        return found;
    }

    /** Keys of the index of expiries whose time has come, the oldest first. */
    Stream<String> due(Instant now) {
        return expiries.keys(KvRange.all().before(time(now.toEpochMilli() + 1)));
    }

    /** The session to which a key of the index of expiries leads, if it still expires at that time. */
    Optional<VersionedSession> findDue(String due) {
        return findByKey(due.substring(due.indexOf(SEPARATOR) + 1))
                .filter(found -> Keys.of(found.session()).due().equals(Optional.of(due)));
    }

    /** Removes a key of the index of expiries that leads to no session, or to one that expires later. */
    void forgetDue(String due) {
        expiries.delete(due);
    }

    /** Adds a session, unless there is one with its id. */
    boolean create(StoredSession session, Instant now, Durability durability) {
        KvBatch batch = store.batch().check(sessions, Digest.of(session.id()), 0);
        put(batch, Keys.of(session), session, now, durability);
        return batch.commit();
    }

    /** Replaces a session by one that may have another id; false if somebody else has changed it since it was read. */
    boolean replace(VersionedSession read, StoredSession next, Instant now, Durability durability) {
        Keys old = Keys.of(read.session());
        Keys keys = Keys.of(next);
        if (keys.equals(old)) {
            return sessions.durability(durability)
                    .compareAndSet(keys.session(), read.version(), next, expiryOf(next, now))
                    .isPresent();
        }
        KvBatch batch = store.batch().check(sessions, old.session(), read.version());
        remove(batch, old, durability);
        put(batch, keys, next, now, durability);
        return batch.commit();
    }

    /** Deletes a session; false if somebody else has changed it since it was read. */
    boolean delete(VersionedSession read, Durability durability) {
        Keys keys = Keys.of(read.session());
        KvBatch batch = store.batch().check(sessions, keys.session(), read.version());
        remove(batch, keys, durability);
        return batch.commit();
    }

    private void put(KvBatch batch, Keys keys, StoredSession session, Instant now, Durability durability) {
        Expiry expiry = expiryOf(session, now);
        batch.set(sessions.durability(durability), keys.session(), session, expiry);
        keys.principal().ifPresent(key -> batch.set(principals, key, "", expiry));
        keys.due().ifPresent(key -> batch.set(expiries, key, "", expiry));
    }

    private void remove(KvBatch batch, Keys keys, Durability durability) {
        batch.delete(sessions.durability(durability), keys.session());
        keys.principal().ifPresent(key -> batch.delete(principals, key));
        keys.due().ifPresent(key -> batch.delete(expiries, key));
    }

    private static Expiry expiryOf(StoredSession session, Instant now) {
        return session.expiresAt()
                .map(end -> end.isAfter(now) ? end : now)
                .map(end -> Expiry.at(end.plus(GRACE)))
                .orElseGet(Expiry::never);
    }

    /** A time as text that sorts as times do. */
    private static String time(long milliseconds) {
        return String.format(Locale.ROOT, "%016x", Math.max(0, milliseconds));
    }

    /** The keys of a session in the three groups. */
    private record Keys(String session, Optional<String> principal, Optional<String> due) {

        static Keys of(StoredSession session) {
            String key = Digest.of(session.id());
            return new Keys(
                    key,
                    Optional.of(session.principal())
                            .filter(principal -> !principal.isEmpty())
                            .map(principal -> principal + SEPARATOR + key),
                    // Rounded up: a session whose key is due has expired.
                    session.expiresAt().map(end -> time(end.plusNanos(999_999).toEpochMilli()) + SEPARATOR + key));
        }
    }
}
