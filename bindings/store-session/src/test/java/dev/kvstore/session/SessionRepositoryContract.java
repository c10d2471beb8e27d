package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/** What a repository of sessions promises, whatever the engine of the store. */
abstract class SessionRepositoryContract {

    private static final String SECURITY_CONTEXT = "SPRING_SECURITY_CONTEXT";
    private static final String ADA = "ada " + Secrets.VALUE;
    private static final String GRACE = "grace " + Secrets.VALUE;
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final MovedClock clock = new MovedClock();
    private final List<AbstractSessionEvent> events = new ArrayList<>();
    private KvStore store;
    private KvSessionRepository repository;

    abstract KvStore openStore(InstantSource clock);

    abstract void closeStore(KvStore store);

    @BeforeEach
    void open() {
        store = openStore(clock);
        repository = SessionsOfTest.in(store, clock, events);
        repository.setDefaultMaxInactiveInterval(TIMEOUT);
    }

    @AfterEach
    void close() {
        closeStore(store);
    }

    private KvSession find(String id) {
        return SessionsOfTest.find(repository, id);
    }

    private KvSession saved() {
        KvSession session = repository.createSession();
        repository.save(session);
        return session;
    }

    private KvSession savedWith(String name, Object value) {
        KvSession session = repository.createSession();
        session.setAttribute(name, value);
        repository.save(session);
        return session;
    }

    private static SecurityContextImpl loginOf(String user) {
        return new SecurityContextImpl(new UsernamePasswordAuthenticationToken(
                user, Secrets.VALUE, AuthorityUtils.createAuthorityList("ROLE_USER")));
    }

    @Nested
    class Saving {

        @Test
        void aSessionThatWasNotSavedIsAbsent() {
            assertThat(repository.findById(repository.createSession().getId())).isNull();
        }

        @Test
        void aSessionWithoutAttributesIsFound() {
            KvSession session = saved();

            KvSession found = find(session.getId());
            assertThat(found.getId()).isEqualTo(session.getId());
            assertThat(found.getAttributeNames()).isEmpty();
            assertThat(found.isNew()).isFalse();
        }

        @Test
        void timesAndAttributesAreThoseThatWereSaved() {
            KvSession session = repository.createSession();
            session.setAttribute("cart", new Cart(List.of("tea", Secrets.VALUE)));
            session.setAttribute("visits", 3);
            session.setMaxInactiveInterval(Duration.ofSeconds(90));
            repository.save(session);

            KvSession found = find(session.getId());
            assertThat(found.<Cart>getAttribute("cart")).isEqualTo(new Cart(List.of("tea", Secrets.VALUE)));
            assertThat(found.<Integer>getAttribute("visits")).isEqualTo(3);
            assertThat(found.getAttributeNames()).containsExactlyInAnyOrder("cart", "visits");
            assertThat(found.getCreationTime()).isEqualTo(clock.instant());
            assertThat(found.getLastAccessedTime()).isEqualTo(clock.instant());
            assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofSeconds(90));
        }

        @Test
        void anUnknownIdIsAbsentWhateverItContains() {
            saved();

            assertThat(repository.findById("unknown")).isNull();
            assertThat(repository.findById("")).isNull();
            assertThat(repository.findById("\ud800")).isNull();
            assertThat(repository.findById("x".repeat(100_000))).isNull();
        }

        @Test
        void anAttributeIsAddedChangedAndRemovedInOneRequest() {
            KvSession session = savedWith("kept", "1");
            session = find(session.getId());
            session.setAttribute("old", "1");
            session.setAttribute("changed", "1");
            repository.save(session);

            session = find(session.getId());
            session.setAttribute("new", "2");
            session.setAttribute("changed", "2");
            session.removeAttribute("old");
            repository.save(session);

            KvSession found = find(session.getId());
            assertThat(found.getAttributeNames()).containsExactlyInAnyOrder("kept", "changed", "new");
            assertThat(found.<String>getAttribute("changed")).isEqualTo("2");
            assertThat(found.<String>getAttribute("old")).isNull();
        }

        @Test
        void anAttributeThatIsAddedAndRemovedIsAbsent() {
            KvSession session = find(saved().getId());
            session.setAttribute("name", "1");
            session.removeAttribute("name");
            assertThat(session.<String>getAttribute("name")).isNull();
            repository.save(session);

            assertThat(find(session.getId()).getAttributeNames()).isEmpty();
        }

        @Test
        void anAttributeThatIsRemovedAndAddedHasTheNewValue() {
            KvSession session = find(savedWith("name", "1").getId());
            session.removeAttribute("name");
            session.setAttribute("name", "2");
            repository.save(session);

            assertThat(find(session.getId()).<String>getAttribute("name")).isEqualTo("2");
        }

        @Test
        void anAttributeSetToNullIsRemoved() {
            KvSession session = find(savedWith("name", "1").getId());
            session.setAttribute("name", null);
            repository.save(session);

            assertThat(find(session.getId()).getAttributeNames()).isEmpty();
        }

        @Test
        void aSessionIsSavedAgainAndAgain() {
            KvSession session = saved();
            for (int i = 0; i < 3; i++) {
                session.setAttribute("round" + i, i);
                repository.save(session);
            }

            assertThat(find(session.getId()).getAttributeNames())
                    .containsExactlyInAnyOrder("round0", "round1", "round2");
        }

        @Test
        void aLargeAttributeIsKept() {
            String large = "x".repeat(1_000_000);

            assertThat(find(savedWith("large", large).getId()).<String>getAttribute("large"))
                    .isEqualTo(large);
        }

        @Test
        void aNameWithEveryKindOfCharacterIsKept() {
            String name = "a\u0000b:c/é😀";

            assertThat(find(savedWith(name, "1").getId()).<String>getAttribute(name))
                    .isEqualTo("1");
        }
    }

    @Nested
    class Deleting {

        @Test
        void aDeletedSessionIsAbsent() {
            KvSession session = saved();
            repository.deleteById(session.getId());

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(Stored.versions(store)).isEmpty();
        }

        @Test
        void anUnknownSessionIsDeletedWithoutAnError() {
            repository.deleteById("unknown");

            assertThat(events).isEmpty();
        }

        @Test
        void aDeletedSessionIsNotBroughtBackByASave() {
            KvSession session = find(saved().getId());
            repository.deleteById(session.getId());
            session.setAttribute("name", "1");
            session.setLastAccessedTime(clock.instant().plusSeconds(60));
            repository.save(session);

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(Stored.versions(store)).isEmpty();
        }

        @Test
        void aDeletedSessionIsNotBroughtBackUnderAnotherId() {
            KvSession session = find(saved().getId());
            repository.deleteById(session.getId());
            session.changeSessionId();
            repository.save(session);

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(Stored.versions(store)).isEmpty();
        }
    }

    @Nested
    class ChangingTheId {

        @Test
        void theSessionIsFoundByTheNewIdOnly() {
            KvSession session = find(savedWith("name", "1").getId());
            String old = session.getId();
            String changed = session.changeSessionId();
            repository.save(session);

            assertThat(changed).isNotEqualTo(old).isEqualTo(session.getId());
            assertThat(repository.findById(old)).isNull();
            assertThat(find(changed).<String>getAttribute("name")).isEqualTo("1");
        }

        @Test
        void theIdCanBeChangedTwice() {
            KvSession session = find(saved().getId());
            String first = session.getId();
            String second = session.changeSessionId();
            String third = session.changeSessionId();
            repository.save(session);

            assertThat(repository.findById(first)).isNull();
            assertThat(repository.findById(second)).isNull();
            assertThat(find(third).getId()).isEqualTo(third);
        }

        @Test
        void theIdCanBeChangedBeforeTheFirstSave() {
            KvSession session = repository.createSession();
            String first = session.getId();
            session.changeSessionId();
            repository.save(session);

            assertThat(repository.findById(first)).isNull();
            assertThat(find(session.getId())).isNotNull();
            assertThat(events).hasOnlyElementsOfType(SessionCreatedEvent.class);
        }

        @Test
        void anAttributeOfTheSameRequestIsKept() {
            KvSession session = find(savedWith("old", "1").getId());
            session.changeSessionId();
            session.setAttribute("new", "2");
            repository.save(session);

            assertThat(find(session.getId()).getAttributeNames()).containsExactlyInAnyOrder("old", "new");
        }

        @Test
        void theSessionOfAUserIsFoundUnderTheNewIdOnly() {
            KvSession session = find(savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA).getId());
            session.changeSessionId();
            repository.save(session);

            assertThat(repository.findByPrincipalName(ADA)).containsOnlyKeys(session.getId());
        }

        @Test
        void aRequestThatStillHadTheOldIdDoesNotBringItBack() {
            KvSession session = find(saved().getId());
            String old = session.getId();
            KvSession slow = find(old);
            session.changeSessionId();
            repository.save(session);
            slow.setAttribute("name", "1");
            repository.save(slow);

            assertThat(repository.findById(old)).isNull();
            assertThat(find(session.getId()).getAttributeNames()).isEmpty();
        }
    }

    @Nested
    class FindingTheSessionsOfAUser {

        @Test
        void theyAreFoundByTheNameAttribute() {
            KvSession session = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            savedWith(PRINCIPAL_NAME_INDEX_NAME, GRACE);

            assertThat(repository.findByPrincipalName(ADA)).containsOnlyKeys(session.getId());
        }

        @Test
        void theyAreFoundByTheLogin() {
            KvSession session = savedWith(SECURITY_CONTEXT, loginOf(ADA));
            savedWith(SECURITY_CONTEXT, loginOf(GRACE));

            assertThat(repository.findByPrincipalName(ADA)).containsOnlyKeys(session.getId());
        }

        @Test
        void allOfThemAreFoundWithTheirAttributes() {
            KvSession one = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            KvSession other = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);

            Map<String, KvSession> found = repository.findByPrincipalName(ADA);
            assertThat(found).containsOnlyKeys(one.getId(), other.getId());
            assertThat(found.get(one.getId()))
                    .isNotNull()
                    .satisfies(session -> assertThat(session.<String>getAttribute(PRINCIPAL_NAME_INDEX_NAME))
                            .isEqualTo(ADA));
        }

        @Test
        void aSessionThatWasFoundSoIsChangedAndSaved() {
            KvSession session = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            KvSession found =
                    Objects.requireNonNull(repository.findByPrincipalName(ADA).get(session.getId()));
            found.setAttribute("expired", true);
            repository.save(found);

            assertThat(find(session.getId()).<Boolean>getAttribute("expired")).isTrue();
        }

        @Test
        void aNameThatBeginsLikeAnotherIsAnother() {
            savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);

            assertThat(repository.findByPrincipalName(ADA.substring(0, 2))).isEmpty();
            assertThat(repository.findByPrincipalName("")).isEmpty();
        }

        @Test
        void anotherIndexHasNoSessions() {
            savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);

            assertThat(repository.findByIndexNameAndIndexValue("other", ADA)).isEmpty();
        }

        @Test
        void aChangeOfSomethingElseKeepsTheUser() {
            KvSession session = find(savedWith(SECURITY_CONTEXT, loginOf(ADA)).getId());
            session.setAttribute("name", "1");
            repository.save(session);

            assertThat(repository.findByPrincipalName(ADA)).containsOnlyKeys(session.getId());
        }

        @Test
        void aLaterUserReplacesTheFormer() {
            KvSession session = find(savedWith(SECURITY_CONTEXT, loginOf(ADA)).getId());
            session.setAttribute(SECURITY_CONTEXT, loginOf(GRACE));
            repository.save(session);

            assertThat(repository.findByPrincipalName(ADA)).isEmpty();
            assertThat(repository.findByPrincipalName(GRACE)).containsOnlyKeys(session.getId());
        }

        @Test
        void aUserThatIsRemovedIsNotFound() {
            KvSession session = find(savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA).getId());
            session.removeAttribute(PRINCIPAL_NAME_INDEX_NAME);
            repository.save(session);

            assertThat(repository.findByPrincipalName(ADA)).isEmpty();
            assertThat(find(session.getId())).isNotNull();
        }

        @Test
        void anExpiredSessionIsNotFound() {
            savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            clock.move(TIMEOUT);

            assertThat(repository.findByPrincipalName(ADA)).isEmpty();
        }

        @Test
        void neitherTheNameNorTheIdIsAKeyOfTheStore() {
            KvSession session = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);

            assertThat(Stored.versions(store).keySet())
                    .hasSize(3)
                    .noneMatch(key -> key.contains(ADA) || key.contains(session.getId()))
                    .noneMatch(key -> key.contains(Secrets.VALUE));
        }
    }

    @Nested
    class Expiring {

        @Test
        void aSessionExpiresAtTheEndOfItsTimeout() {
            KvSession session = saved();
            clock.move(TIMEOUT.minusMillis(1));
            assertThat(repository.findById(session.getId())).isNotNull();
            assertThat(session.isExpired()).isFalse();
            clock.move(Duration.ofMillis(1));

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(session.isExpired()).isTrue();
        }

        @Test
        void anAccessProlongsIt() {
            KvSession session = saved();
            clock.move(Duration.ofMinutes(20));
            KvSession used = find(session.getId());
            used.setLastAccessedTime(clock.instant());
            repository.save(used);
            clock.move(Duration.ofMinutes(20));

            assertThat(find(session.getId()).getLastAccessedTime())
                    .isEqualTo(clock.instant().minus(Duration.ofMinutes(20)));
        }

        @Test
        void aTimeoutOfItsOwnCounts() {
            KvSession session = find(saved().getId());
            session.setMaxInactiveInterval(Duration.ofMinutes(2));
            repository.save(session);
            clock.move(Duration.ofMinutes(2).plusMillis(1));

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(repository.cleanUpExpiredSessions()).isEqualTo(1);
        }

        @Test
        void aNegativeTimeoutMeansNever() {
            KvSession session = repository.createSession();
            session.setMaxInactiveInterval(Duration.ofSeconds(-1));
            repository.save(session);
            clock.move(Duration.ofDays(10_000));
            store.purgeExpired();

            assertThat(repository.cleanUpExpiredSessions()).isZero();
            assertThat(find(session.getId()).isExpired()).isFalse();
        }

        @Test
        void anEndlessTimeoutMeansNever() {
            KvSession session = repository.createSession();
            session.setMaxInactiveInterval(Duration.ofSeconds(Long.MAX_VALUE));
            repository.save(session);
            clock.move(Duration.ofDays(10_000));

            assertThat(find(session.getId()).isExpired()).isFalse();
        }

        @Test
        void anExpiredSessionThatIsTouchedStaysExpired() {
            KvSession session = saved();
            clock.move(TIMEOUT.plusSeconds(1));

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(repository.findById(session.getId())).isNull();
        }

        @Test
        void aSessionSavedWithATimeLongAgoHasExpired() {
            KvSession session = find(savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA).getId());
            session.setLastAccessedTime(clock.instant().minus(Duration.ofDays(2)));
            repository.save(session);

            assertThat(repository.findById(session.getId())).isNull();
            assertThat(repository.cleanUpExpiredSessions()).isEqualTo(1);
            assertThat(Stored.versions(store)).isEmpty();
        }

        @Test
        void theCleanUpDeletesExpiredSessionsOnly() {
            saved();
            savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            clock.move(Duration.ofMinutes(20));
            KvSession later = savedWith(PRINCIPAL_NAME_INDEX_NAME, GRACE);
            clock.move(Duration.ofMinutes(15));

            assertThat(repository.cleanUpExpiredSessions()).isEqualTo(2);
            assertThat(repository.cleanUpExpiredSessions()).isZero();
            assertThat(Stored.versions(store)).hasSize(3);
            assertThat(find(later.getId())).isNotNull();
        }

        @Test
        void theStoreItselfRemovesWhatNobodyCleansUp() {
            savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA);
            clock.move(TIMEOUT.plus(SessionTable.GRACE).plusMillis(1));

            assertThat(store.purgeExpired()).isEqualTo(3);
            assertThat(repository.cleanUpExpiredSessions()).isZero();
        }
    }

    @Nested
    class WritingLittle {

        @Test
        void aRequestThatOnlyReadsWritesNothing() {
            String id = savedWith("name", "1").getId();
            Map<String, Long> before = Stored.versions(store);
            for (int i = 0; i < 29; i++) {
                clock.move(Duration.ofSeconds(1));
                KvSession session = find(id);
                session.setLastAccessedTime(clock.instant());
                assertThat(session.<String>getAttribute("name")).isEqualTo("1");
                repository.save(session);
            }

            assertThat(Stored.versions(store)).isEqualTo(before);
        }

        @Test
        void theLastAccessIsWrittenOnceASixtiethOfTheTimeoutHasPassed() {
            String id = saved().getId();
            Instant created = clock.instant();
            clock.move(Duration.ofSeconds(30));
            KvSession session = find(id);
            session.setLastAccessedTime(clock.instant());
            repository.save(session);

            assertThat(find(id).getLastAccessedTime()).isEqualTo(created.plusSeconds(30));
        }

        @Test
        void anAttributeThatIsSetToWhatItIsWritesNothing() {
            String id = savedWith("cart", new Cart(List.of("tea"))).getId();
            Map<String, Long> before = Stored.versions(store);
            KvSession session = find(id);
            session.setAttribute("cart", new Cart(List.of("tea")));
            repository.save(session);

            assertThat(Stored.versions(store)).isEqualTo(before);
        }

        @Test
        void anAttributeIsWrittenAtOnceWithoutTheIndexes() {
            String id = savedWith(PRINCIPAL_NAME_INDEX_NAME, ADA).getId();
            Map<String, Long> before = Stored.versions(store);
            KvSession session = find(id);
            session.setAttribute("name", "1");
            repository.save(session);

            Map<String, Long> after = Stored.versions(store);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(after.entrySet())
                    .filteredOn(entry -> !before.containsValue(entry.getValue()))
                    .hasSize(1);
        }
    }

    @Nested
    class RequestsAtTheSameTime {

        @Test
        void eachKeepsWhatItHasChanged() {
            String id = savedWith("old", "1").getId();
            KvSession one = find(id);
            KvSession other = find(id);
            one.setAttribute("one", "1");
            other.setAttribute("other", "2");
            other.removeAttribute("old");
            repository.save(one);
            repository.save(other);

            assertThat(find(id).getAttributeNames()).containsExactlyInAnyOrder("one", "other");
        }

        @Test
        void theLastToChangeAnAttributeWins() {
            String id = savedWith("name", "1").getId();
            KvSession one = find(id);
            KvSession other = find(id);
            one.setAttribute("name", "one");
            other.setAttribute("name", "other");
            repository.save(other);
            repository.save(one);

            assertThat(find(id).<String>getAttribute("name")).isEqualTo("one");
        }

        @Test
        void aSlowRequestDoesNotTakeTimeBack() {
            String id = saved().getId();
            KvSession slow = find(id);
            slow.setLastAccessedTime(clock.instant().plusSeconds(40));
            slow.setAttribute("slow", "1");
            KvSession quick = find(id);
            quick.setLastAccessedTime(clock.instant().plusSeconds(300));
            repository.save(quick);
            repository.save(slow);

            assertThat(find(id).getLastAccessedTime()).isEqualTo(clock.instant().plusSeconds(300));
            assertThat(find(id).getAttributeNames()).containsExactly("slow");
        }

        @Test
        void manyThreadsKeepTheirAttributes() throws Exception {
            String id = saved().getId();
            int threads = 8;
            int rounds = 10;
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Callable<Object>> requests = new ArrayList<>();
                for (int i = 0; i < threads * rounds; i++) {
                    String name = "attribute" + i;
                    requests.add(() -> {
                        KvSession session = find(id);
                        session.setAttribute(name, name);
                        repository.save(session);
                        return name;
                    });
                }
                for (Future<Object> request : pool.invokeAll(requests)) {
                    request.get();
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(find(id).getAttributeNames()).hasSize(threads * rounds);
        }

        @Test
        void twoApplicationsOnOneStoreShareSessions() {
            KvSessionRepository other = SessionsOfTest.in(store, clock);
            String id = savedWith("name", "1").getId();
            KvSession there = SessionsOfTest.find(other, id);
            there.setAttribute("name", "2");
            other.save(there);

            assertThat(find(id).<String>getAttribute("name")).isEqualTo("2");
            other.deleteById(id);
            assertThat(repository.findById(id)).isNull();
        }
    }

    @Nested
    class Modes {

        @Test
        void onlyWhatWasSetIsWrittenByDefault() {
            String id = savedWith("list", new ArrayList<>(List.of("1"))).getId();
            KvSession session = find(id);
            session.<List<String>>getRequiredAttribute("list").add("2");
            repository.save(session);

            assertThat(find(id).<List<String>>getAttribute("list")).containsExactly("1");
        }

        @Test
        void whatWasReadIsWrittenOnRequest() {
            repository.setSaveMode(SaveMode.ON_GET_ATTRIBUTE);
            String id = savedWith("list", new ArrayList<>(List.of("1"))).getId();
            KvSession session = find(id);
            session.<List<String>>getRequiredAttribute("list").add("2");
            repository.save(session);

            assertThat(find(id).<List<String>>getAttribute("list")).containsExactly("1", "2");
        }

        @Test
        void everythingIsWrittenOnRequest() {
            repository.setSaveMode(SaveMode.ALWAYS);
            String id = savedWith("name", "1").getId();
            KvSession slow = find(id);
            KvSession quick = find(id);
            quick.setAttribute("name", "2");
            repository.save(quick);
            slow.setAttribute("other", "3");
            repository.save(slow);

            assertThat(find(id).<String>getAttribute("name")).isEqualTo("1");
        }

        @Test
        void changesAreWrittenAtOnceOnRequest() {
            repository.setFlushMode(FlushMode.IMMEDIATE);
            KvSession session = repository.createSession();
            assertThat(repository.findById(session.getId())).isNotNull();
            session.setAttribute("name", "1");
            assertThat(find(session.getId()).<String>getAttribute("name")).isEqualTo("1");
            session.setMaxInactiveInterval(Duration.ofMinutes(1));
            assertThat(find(session.getId()).getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(1));
            String old = session.getId();
            String changed = session.changeSessionId();
            assertThat(repository.findById(old)).isNull();
            assertThat(find(changed).<String>getAttribute("name")).isEqualTo("1");
        }
    }

    @Nested
    class Events {

        @Test
        void aSessionIsCreatedOnce() {
            KvSession session = saved();
            session.setAttribute("name", "1");
            repository.save(session);

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event).isInstanceOf(SessionCreatedEvent.class);
                assertThat(event.getSessionId()).isEqualTo(session.getId());
            });
        }

        @Test
        void aDeletedSessionStillHasItsAttributes() {
            KvSession session = savedWith("name", "1");
            events.clear();
            repository.deleteById(session.getId());
            repository.deleteById(session.getId());

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event).isInstanceOf(SessionDeletedEvent.class);
                assertThat(event.getSession().<String>getAttribute("name")).isEqualTo("1");
            });
        }

        @Test
        void anExpiredSessionStillHasItsAttributes() {
            KvSession session = savedWith("name", "1");
            events.clear();
            clock.move(TIMEOUT.plusSeconds(1));
            repository.cleanUpExpiredSessions();

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event).isInstanceOf(SessionExpiredEvent.class);
                assertThat(event.getSessionId()).isEqualTo(session.getId());
                assertThat(event.getSession().<String>getAttribute("name")).isEqualTo("1");
            });
        }

        @Test
        void oneOfSeveralApplicationsPublishesTheExpiry() {
            List<AbstractSessionEvent> ofOther = new ArrayList<>();
            KvSessionRepository other = SessionsOfTest.in(store, clock, ofOther);
            saved();
            events.clear();
            clock.move(TIMEOUT.plusSeconds(1));
            repository.cleanUpExpiredSessions();
            other.cleanUpExpiredSessions();

            assertThat(events).hasSize(1);
            assertThat(ofOther).isEmpty();
        }

        @Test
        void aListenerThatFailsKeepsNoOtherSessionFromExpiring() {
            saved();
            saved();
            repository.setApplicationEventPublisher(event -> {
                throw new IllegalStateException("a listener fails");
            });
            clock.move(TIMEOUT.plusSeconds(1));

            assertThat(repository.cleanUpExpiredSessions()).isEqualTo(2);
        }
    }
}
