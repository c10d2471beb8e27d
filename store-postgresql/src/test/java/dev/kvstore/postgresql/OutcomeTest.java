package dev.kvstore.postgresql;

import static dev.kvstore.postgresql.Sessions.callUntilItWaitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.kvstore.Durability;
import dev.kvstore.KvGroup;
import dev.kvstore.secrets.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/** The exception of a failed write says whether it had an effect; a write of an unknown outcome is not repeated. */
class OutcomeTest extends StoreTest {

    private KvGroup<String> group;

    @BeforeEach
    void setEntry() {
        group = kv.group("group");
        group.set("key", "before");
    }

    @AfterEach
    void expectAStandbyNoMore() {
        expectStandby("");
    }

    private static void expectStandby(String names) {
        execute("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'", "SELECT pg_reload_conf()");
    }

    /** From now on the server waits for a standby that does not exist; it notices its new settings after a while. */
    private void expectAStandby() {
        expectStandby("nobody");
        await().until(() -> {
            CompletableFuture<Object> probe = callUntilItWaitsFor("SyncRep", () -> set("probe"));
            Sessions.cancelWaiting();
            return probe.handle((result, failure) -> failure != null).join();
        });
    }

    private static Throwable failure(CompletableFuture<?> call) {
        try {
            call.join();
        } catch (CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("The call succeeded");
    }

    @Test
    void theOutcomeOfAWriteWhoseConnectionFailsIsUnknownAndTheWriteIsNotRepeated() throws Exception {
        Throwable failure = failureOfTerminated(() -> set(Secrets.VALUE));

        assertThat(failure)
                .isInstanceOf(DataAccessResourceFailureException.class)
                .isNotInstanceOf(TransientDataAccessException.class)
                .hasMessageContaining("may or may not have taken effect")
                .satisfies(e -> assertThat(Secrets.textOf(e)).doesNotContain(Secrets.VALUE));

        assertThat(group.get("key")).contains("before");
        assertThatNoException().isThrownBy(() -> group.set("key", "after"));
    }

    private Throwable failureOfTerminated(Supplier<Object> write) throws Exception {
        return RowLock.during(schema, "key", () -> {
            CompletableFuture<Object> call = callUntilItWaitsFor("transactionid", write);
            Sessions.terminateWaiting();
            return failure(call);
        });
    }

    private Object set(String value) {
        group.set("key", value);
        return value;
    }

    @Test
    void aBatchWhoseConnectionFailsBeforeTheCommitHadNoEffect() throws Exception {
        Throwable failure = failureOfTerminated(() -> kv.batch()
                .set(group, "other", "new")
                .set(group, "key", Secrets.VALUE)
                .delete(group, "none")
                .commit());

        assertThat(failure)
                .isInstanceOf(TransientDataAccessResourceException.class)
                .hasMessageContaining("had no effect");

        assertThat(group.getAll()).containsOnlyKeys("key").containsEntry("key", "before");
    }

    @Test
    void aReadWhoseConnectionFailedIsRepeated() {
        Sessions.terminateAll(EmptySchemas.DATABASE);

        assertThat(group.get("key")).contains("before");
    }

    @Test
    void aLockThatIsHeldTooLongIsATransientFailure() throws Exception {
        try (PostgresKvStore impatient =
                builder().busyTimeout(Duration.ofMillis(50)).build()) {
            Throwable failure = RowLock.during(
                    schema, "key", () -> catchThrowable(() -> impatient.set("group", "key", Secrets.VALUE)));
            assertThat(failure).isInstanceOf(CannotAcquireLockException.class).hasMessageContaining("had no effect");
        }
        assertThat(group.get("key")).contains("before");
    }

    @Test
    void aCancelledWaitForTheStandbyIsNeverSuccess() {
        expectAStandby();
        for (Supplier<Object> write : List.<Supplier<Object>>of(
                () -> set("after"),
                () -> group.setIfAbsent("absent", "value"),
                () -> group.delete("key"),
                () -> kv.batch().set(group, "one", "a").delete(group, "two").commit())) {
            CompletableFuture<Object> call = callUntilItWaitsFor("SyncRep", write);
            Sessions.cancelWaiting();
            assertThat(failure(call))
                    .isInstanceOf(DataAccessResourceFailureException.class)
                    .hasMessageContaining("may not survive a failover");
        }
    }

    @Test
    void aWriteWaitsForTheStandbyAlsoIfTheServersDefaultDoesNotUnlessItIsRelaxed() {
        expectAStandby();
        group.durability(Durability.NORMAL).set("key", "relaxed");
        assertThat(group.get("key")).contains("relaxed");

        CompletableFuture<Object> set = callUntilItWaitsFor("SyncRep", () -> set("after"));
        assertThat(set).isNotDone();

        expectStandby("");
        assertThat(set.join()).isEqualTo("after");
    }

    @Test
    void aConnectionToAServerThatBecameAStandbyIsReplaced() {
        execute("DROP DATABASE IF EXISTS standby", "CREATE DATABASE standby");
        try (PostgresKvStore two = builder()
                .url(PostgresServer.shared().url("standby") + "?targetServerType=any")
                .poolSize(2)
                .build()) {
            two.set("group", "key", "before");
            execute("ALTER DATABASE standby SET default_transaction_read_only = on");
            Sessions.terminateAll("standby");
            await().until(() -> two.get("group", "key").isPresent());
            assertThatExceptionOfType(TransientDataAccessResourceException.class)
                    .isThrownBy(() -> two.set("group", "key", "refused"))
                    .withMessageContaining("accepts no writes")
                    .withMessageContaining("had no effect");

            execute("ALTER DATABASE standby SET default_transaction_read_only = off");
            two.set("group", "key", "after");
            assertThat(two.get("group", "key")).contains("after");
        }
        execute("DROP DATABASE standby");
    }
}
