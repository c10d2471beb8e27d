package dev.kvstore.session;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.session.DelegatingIndexResolver;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;
import org.springframework.session.IndexResolver;
import org.springframework.session.MapSession;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;
import org.springframework.util.Assert;

/**
 * Sessions in a {@link KvStore}. The auto-configuration makes one; a bean customizes it:
 *
 * <pre>{@code
 * @Bean
 * SessionRepositoryCustomizer<KvSessionRepository> durableSessions() {
 *     return sessions -> sessions.setDurability(Durability.FULL);
 * }
 * }</pre>
 *
 * <p><b>Durability.</b> Creation, change of id and deletion are synced to disk when the method returns, so that neither
 * a login nor a logout is undone by a power cut. Other changes survive the end of the process, and a power cut only
 * with {@link #setDurability FULL}.
 *
 * <p><b>Requests at the same time.</b> Each saves what it has changed; the last one to change an attribute wins. A
 * session that was deleted, or got another id, is not brought back by a request that still had it.
 *
 * <p><b>Last access.</b> It is written once it has moved by a sixtieth of the timeout. So a request that only reads
 * writes nothing most of the time, and a session may expire that much earlier.
 *
 * <p><b>Events.</b> {@link SessionCreatedEvent} and {@link SessionDeletedEvent} are published in the application that
 * caused them, {@link SessionExpiredEvent} by {@link #cleanUpExpiredSessions()} in one application that shares the
 * store.
 *
 * <p>Sessions are found by the name of their user; for other indexes the result is empty. Thread-safe; a session is
 * not. The setters are for the time before the first session. Errors are those of the store: a save that was defeated a
 * hundred times by changes of others is an {@link OptimisticLockingFailureException}.
 *
 * @since 0.1
 */
public class KvSessionRepository
        implements FindByIndexNameSessionRepository<KvSession>, ApplicationEventPublisherAware {

    private static final int ATTEMPTS = 100;

    private final SessionTable table;
    private final InstantSource clock;
    private final SessionAttributes attributes;
    private final SessionEvents events = new SessionEvents();
    private volatile Durability durability = Durability.NORMAL;
    private volatile Duration defaultMaxInactiveInterval = MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;
    private volatile SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;
    private volatile FlushMode flushMode = FlushMode.ON_SAVE;
    private volatile SessionIdGenerator idGenerator = UuidSessionIdGenerator.getInstance();
    private volatile IndexResolver<Session> indexResolver =
            new DelegatingIndexResolver<>(new PrincipalNameIndexResolver<>());

    /**
     * Creates a repository.
     *
     * @param groupPrefix of the names of the groups with the sessions, such as {@code session:}
     * @param clock the clock of the store
     * @param codec for the attributes
     * @throws IllegalArgumentException if an argument is null, or the prefix is empty
     */
    public KvSessionRepository(KvStore store, String groupPrefix, InstantSource clock, AttributeCodec codec) {
        Assert.notNull(store, "store must not be null");
        Assert.hasText(groupPrefix, "groupPrefix must not be empty");
        Assert.notNull(clock, "clock must not be null");
        Assert.notNull(codec, "codec must not be null");
        this.table = new SessionTable(store, groupPrefix);
        this.clock = clock;
        this.attributes = new SessionAttributes(codec);
    }

    /** Sets after which time without a request a session expires, 30 minutes by default; negative for never. */
    public void setDefaultMaxInactiveInterval(Duration interval) {
        Assert.notNull(interval, "interval must not be null");
        this.defaultMaxInactiveInterval = interval;
    }

    /** Sets the durability of changes other than creation, change of id and deletion; NORMAL by default. */
    public void setDurability(Durability durability) {
        Assert.notNull(durability, "durability must not be null");
        this.durability = durability;
    }

    /** Sets which attributes a save writes, by default those that were set. */
    public void setSaveMode(SaveMode saveMode) {
        Assert.notNull(saveMode, "saveMode must not be null");
        this.saveMode = saveMode;
    }

    /** Sets when changes are written, by default at the end of the request. */
    public void setFlushMode(FlushMode flushMode) {
        Assert.notNull(flushMode, "flushMode must not be null");
        this.flushMode = flushMode;
    }

    /** Sets what makes the ids of sessions, random UUIDs by default. */
    public void setSessionIdGenerator(SessionIdGenerator idGenerator) {
        Assert.notNull(idGenerator, "idGenerator must not be null");
        this.idGenerator = idGenerator;
    }

    /** Sets what finds the name of a session's user; by default Spring Session's {@link PrincipalNameIndexResolver}. */
    public void setIndexResolver(IndexResolver<Session> indexResolver) {
        Assert.notNull(indexResolver, "indexResolver must not be null");
        this.indexResolver = indexResolver;
    }

    @Override
    public void setApplicationEventPublisher(ApplicationEventPublisher publisher) {
        events.to(publisher);
    }

    @Override
    public KvSession createSession() {
        KvSession session = KvSession.created(this, newId(), now(), defaultMaxInactiveInterval);
        flush(session);
        return session;
    }

    @Override
    public void save(KvSession session) {
        if (session.isUndecodable()) {
            deleteById(session.stored().session().id());
        } else if (session.isNew()) {
            create(session);
        } else {
            update(session);
        }
    }

    private void create(KvSession session) {
        StoredSession created = session.change().applyTo(session.stored().session());
        if (!table.create(created, now(), Durability.FULL)) {
            throw new IllegalStateException("A new session has the id of another one: the generator repeats ids");
        }
        session.saved(created);
        events.publish(() -> new SessionCreatedEvent(this, session));
    }

    private void update(KvSession session) {
        SessionChange change = session.change();
        if (session.isUndecodable()) {
            save(session);
            return;
        }
        VersionedSession read = session.stored();
        if (change.changesNothingIn(read.session())) {
            return;
        }
        String id = read.session().id();
        Durability needed = change.id().isPresent() ? Durability.FULL : durability;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!read.isVersionKnown()) {
                Optional<VersionedSession> current = table.find(id);
                if (current.isEmpty()) {
                    return; // deleted by somebody else: a save does not bring it back
                }
                read = current.get();
                change = change.afterAnother(read.session());
            }
            StoredSession next = change.applyTo(read.session());
            if (table.replace(read, next, now(), needed)) {
                session.saved(next);
                return;
            }
            read = new VersionedSession(read.session(), VersionedSession.UNKNOWN);
        }
        throw new OptimisticLockingFailureException(
                "A session was not saved, because others have changed it " + ATTEMPTS + " times in the meantime");
    }

    @Override
    public @Nullable KvSession findById(String id) {
        return table.find(id)
                .filter(found -> !found.session().isExpired(now()))
                .map(found -> KvSession.read(this, found))
                .orElse(null);
    }

    @Override
    public void deleteById(String id) {
        for (Optional<VersionedSession> found = table.find(id); found.isPresent(); found = table.find(id)) {
            VersionedSession session = found.get();
            if (table.delete(session, Durability.FULL)) {
                events.publish(() -> new SessionDeletedEvent(this, KvSession.read(this, session)));
                return;
            }
        }
    }

    @Override
    public Map<String, KvSession> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        Map<String, KvSession> sessions = new LinkedHashMap<>();
        if (PRINCIPAL_NAME_INDEX_NAME.equals(indexName)) {
            Instant now = now();
            for (StoredSession found : table.ofPrincipal(Digest.of(indexValue))) {
                if (!found.isExpired(now)) {
                    sessions.put(
                            found.id(), KvSession.read(this, new VersionedSession(found, VersionedSession.UNKNOWN)));
                }
            }
        }
        return sessions;
    }

    /**
     * Deletes the sessions that have expired, and publishes an event for each. The auto-configuration calls it at an
     * interval. Of several applications that share the store, one deletes a session, and publishes its event. The store
     * itself removes sessions without an event five minutes after they have expired.
     *
     * @return how many sessions were deleted
     */
    public int cleanUpExpiredSessions() {
        int deleted = 0;
        try (Stream<String> due = table.due(now())) {
            for (String key : (Iterable<String>) due::iterator) {
                deleted += expire(key);
            }
        }
        return deleted;
    }

    private int expire(String due) {
        Optional<VersionedSession> found = table.findDue(due);
        if (found.isEmpty()) {
            table.forgetDue(due);
            return 0;
        }
        VersionedSession session = found.get();
        if (!table.delete(session, Durability.NORMAL)) {
            return 0; // a request was faster: the session lives, or another application deletes it
        }
        events.publish(() -> new SessionExpiredEvent(this, KvSession.read(this, session)));
        return 1;
    }

    String newId() {
        return idGenerator.generate();
    }

    Instant now() {
        return clock.instant();
    }

    SaveMode saveMode() {
        return saveMode;
    }

    SessionAttributes attributes() {
        return attributes;
    }

    /** The digest of the name of the session's user; empty if there is none. */
    String principalOf(KvSession session) {
        String name = indexResolver.resolveIndexesFor(session).get(PRINCIPAL_NAME_INDEX_NAME);
        return name == null ? "" : Digest.of(name);
    }

    void flush(KvSession session) {
        if (flushMode == FlushMode.IMMEDIATE) {
            save(session);
        }
    }
}
