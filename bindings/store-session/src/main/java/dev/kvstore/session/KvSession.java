package dev.kvstore.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.util.Assert;

/**
 * A session during one request. Attributes are decoded when they are first read; one that cannot be decoded ends the
 * session: it has no attributes any more, and is deleted instead of saved.
 */
final class KvSession implements Session {

    /** The last access is written once it has moved by this part of the timeout: else every request would write. */
    private static final int PART_OF_TIMEOUT = 60;

    private static final Duration WITHOUT_TIMEOUT = Duration.ofMinutes(1);

    private final KvSessionRepository repository;
    private final Map<String, Object> decoded = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private String id;
    private Instant lastAccessedTime;
    private Duration maxInactiveInterval;
    private VersionedSession stored;
    private boolean isNew;
    private boolean undecodable;

    private KvSession(KvSessionRepository repository, VersionedSession stored, boolean isNew) {
        this.repository = repository;
        this.stored = stored;
        this.isNew = isNew;
        this.id = stored.session().id();
        this.lastAccessedTime = stored.session().lastAccessedTime();
        this.maxInactiveInterval = stored.session().maxInactiveInterval();
    }

    static KvSession created(KvSessionRepository repository, String id, Instant now, Duration maxInactiveInterval) {
        StoredSession empty = new StoredSession(id, now, now, maxInactiveInterval, "", Map.of());
        return new KvSession(repository, new VersionedSession(empty, 0), true);
    }

    static KvSession read(KvSessionRepository repository, VersionedSession stored) {
        return new KvSession(repository, stored, false);
    }

    boolean isNew() {
        return isNew;
    }

    boolean isUndecodable() {
        return undecodable;
    }

    /** The session as it was read, or last saved. */
    VersionedSession stored() {
        return stored;
    }

    /** What has changed since the session was read. */
    SessionChange change() {
        Set<String> toWrite = new HashSet<>(changed);
        if (isNew || repository.saveMode() == SaveMode.ALWAYS) {
            toWrite.addAll(getAttributeNames());
        }
        boolean attributesChanged = !toWrite.isEmpty() || !removed.isEmpty();
        Optional<String> principal = attributesChanged ? Optional.of(repository.principalOf(this)) : Optional.empty();
        StoredSession before = stored.session();
        Map<String, byte[]> set = new LinkedHashMap<>();
        for (String name : toWrite) {
            Object value = decoded.get(name);
            set.put(
                    name,
                    value == null
                            ? before.attributes().get(name)
                            : repository.attributes().encode(name, value));
        }
        return new SessionChange(
                Optional.of(id).filter(current -> !current.equals(before.id())),
                Optional.of(lastAccessedTime).filter(time -> isNew || isFarFrom(before.lastAccessedTime(), time)),
                Optional.of(maxInactiveInterval).filter(interval -> !interval.equals(before.maxInactiveInterval())),
                principal,
                set,
                Set.copyOf(removed));
    }

    private boolean isFarFrom(Instant written, Instant time) {
        Duration part =
                maxInactiveInterval.isNegative() ? WITHOUT_TIMEOUT : maxInactiveInterval.dividedBy(PART_OF_TIMEOUT);
        Duration moved = Duration.between(written, time).abs();
        return !moved.isZero() && moved.compareTo(part) >= 0;
    }

    /** Notes that all changes are stored. */
    void saved(StoredSession now) {
        stored = new VersionedSession(now, VersionedSession.UNKNOWN);
        isNew = false;
        changed.clear();
        removed.clear();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String changeSessionId() {
        id = repository.newId();
        repository.flush(this);
        return id;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface says
    public <T> @Nullable T getAttribute(String attributeName) {
        Object value = value(attributeName);
        if (value != null && repository.saveMode() == SaveMode.ON_GET_ATTRIBUTE) {
            changed.add(attributeName);
        }
        return (T) value;
    }

    private @Nullable Object value(String name) {
        Object known = undecodable ? null : decoded.get(name);
        byte[] bytes = stored.session().attributes().get(name);
        if (known != null || undecodable || bytes == null || removed.contains(name)) {
            return known;
        }
        Object value = repository.attributes().decode(name, bytes);
        if (value == null) {
            undecodable = true;
            return null;
        }
        decoded.put(name, value);
        return value;
    }

    @Override
    public Set<String> getAttributeNames() {
        if (undecodable) {
            return new HashSet<>();
        }
        Set<String> names = new HashSet<>(stored.session().attributes().keySet());
        names.addAll(decoded.keySet());
        names.removeAll(removed);
        return names;
    }

    @Override
    public void setAttribute(String attributeName, @Nullable Object attributeValue) {
        Assert.notNull(attributeName, "attributeName must not be null");
        if (attributeValue == null) {
            decoded.remove(attributeName);
            changed.remove(attributeName);
            removed.add(attributeName);
        } else {
            decoded.put(attributeName, attributeValue);
            removed.remove(attributeName);
            changed.add(attributeName);
        }
        repository.flush(this);
    }

    @Override
    public void removeAttribute(String attributeName) {
        setAttribute(attributeName, null);
    }

    @Override
    public Instant getCreationTime() {
        return stored.session().creationTime();
    }

    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {
        this.lastAccessedTime = lastAccessedTime;
        repository.flush(this);
    }

    @Override
    public Instant getLastAccessedTime() {
        return lastAccessedTime;
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        Assert.notNull(interval, "interval must not be null");
        maxInactiveInterval = interval;
        repository.flush(this);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return maxInactiveInterval;
    }

    @Override
    public boolean isExpired() {
        return StoredSession.isExpired(lastAccessedTime, maxInactiveInterval, repository.now());
    }

    /** Omits the id, which would let a reader of a log take the session over. */
    @Override
    public String toString() {
        return "KvSession[]";
    }
}
