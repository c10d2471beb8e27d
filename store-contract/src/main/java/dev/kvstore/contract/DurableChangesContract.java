package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.KvChange;
import dev.kvstore.KvChangeListener;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvSubscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions with a name, which go on where they left off. */
@NullUnmarked
abstract class DurableChangesContract extends ContractPart {

    private final ReceivedChanges received = new ReceivedChanges();

    DurableChangesContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void requireALog() {
        assumeTrue(contract.hasChanges(), "the engine has no log of changes");
    }

    private KvSubscription subscribe(KvChangeListener listener, String... groups) {
        return kv.changes().subscribe("name", Set.of(groups), listener);
    }

    @Test
    void onlyTheChangesOfItsGroupsAreDelivered() {
        subscribe(received, "a", "c");

        kv.set("a", "1", VALUE);
        kv.set("b", "2", VALUE);
        kv.set("c", "3", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("1", "3");
    }

    @Test
    void theFirstTimeBeginsNow() {
        kv.set("group", "before", VALUE);
        subscribe(received, "group");
        kv.set("group", "key", VALUE);

        assertThat(received.before("key")).isEmpty();
    }

    @Test
    void itGoesOnWhereItLeftOff() {
        KvSubscription first = subscribe(received, "group");
        kv.set("group", "1", VALUE);
        received.next();
        first.close();
        kv.set("group", "2", VALUE);
        kv.delete("group", "1");

        subscribe(received, "group");

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("2", "1");
    }

    @Test
    void itGoesOnInOtherGroupsToo() {
        subscribe(received, "a").close();
        kv.set("a", "1", VALUE);
        kv.set("b", "2", VALUE);

        subscribe(received, "b");

        assertThat(received.next().key()).isEqualTo("2");
    }

    @Test
    void aChangeWhoseListenerFailsIsDeliveredAgainBeforeTheNext() {
        AtomicInteger calls = new AtomicInteger();
        subscribe(
                change -> {
                    if (calls.incrementAndGet() <= 2) {
                        throw new IllegalStateException(VALUE);
                    }
                    received.onChange(change);
                },
                "group");

        kv.set("group", "1", VALUE);
        kv.set("group", "2", VALUE);

        assertThat(received.next(2)).extracting(KvChange::key).containsExactly("1", "2");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aChangeWhoseListenerFailsIsDeliveredAgainAfterItWasClosed() {
        ReceivedChanges failing = new ReceivedChanges();
        KvSubscription first = subscribe(
                change -> {
                    failing.onChange(change);
                    throw new IllegalStateException(VALUE);
                },
                "group");
        kv.set("group", "1", VALUE);
        failing.next();
        first.close();

        subscribe(received, "group");

        assertThat(received.next().key()).isEqualTo("1");
    }

    @Test
    void aForgottenNameBeginsNow() {
        subscribe(received, "group").close();
        kv.set("group", "before", VALUE);

        assertThat(kv.changes().forget("name")).isTrue();
        assertThat(kv.changes().forget("name")).isFalse();

        subscribe(received, "group");
        kv.set("group", "key", VALUE);
        assertThat(received.before("key")).isEmpty();
    }

    @Test
    void aNameThatIsOpenIsNotForgotten() {
        KvSubscription open = subscribe(received, "group");

        assertThatIllegalStateException()
                .isThrownBy(() -> kv.changes().forget("name"))
                .withMessageContaining("close it first");

        kv.set("group", "key", VALUE);
        assertThat(received.next().key()).isEqualTo("key");
        open.close();
        assertThat(kv.changes().forget("name")).isTrue();
    }

    @Test
    void namesAreListedInOrderAndWithoutPassingSubscriptions() {
        kv.changes().subscribe(received);
        for (String name : List.of("\uFFFD", "b", "", "\uD83C\uDF0D", "B")) {
            kv.changes().subscribe(name, Set.of("group"), received).close();
        }

        assertThat(kv.changes().names()).containsExactly("", "B", "b", "\uFFFD", "\uD83C\uDF0D");
    }

    @Test
    void aNameIsOpenOnceInAStore() {
        KvSubscription first = subscribe(received, "group");

        assertThatIllegalStateException()
                .isThrownBy(() -> subscribe(received, "group"))
                .withMessageContaining("open already");

        first.close();
        subscribe(received, "group").close();
    }

    @Test
    void twoNamesReceiveChangesIndependently() {
        ReceivedChanges other = new ReceivedChanges();
        subscribe(received, "group");
        kv.changes().subscribe("other", Set.of("group"), other).close();
        kv.set("group", "1", VALUE);
        received.next();
        kv.changes().subscribe("other", Set.of("group"), other);

        assertThat(other.next().key()).isEqualTo("1");
    }

    @Test
    void invalidArgumentsAreRefused() {
        for (String bad : new String[] {null, "\uD83C", "\u0000name"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kv.changes().subscribe(bad, Set.of("group"), received));
            assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().forget(bad));
        }
        String tooLong = "x".repeat(70_000);
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> kv.changes().subscribe(tooLong, Set.of("group"), received));
        for (String bad : List.of("\uD83C", "\u0000group")) {
            assertThatIllegalArgumentException().isThrownBy(() -> subscribe(received, bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kv.changes().subscribe("name", Set.of(), received))
                .withMessageContaining("groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kv.changes().subscribe("name", null, received))
                .withMessageContaining("groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscribe(null, "group"))
                .withMessageContaining("listener");
        assertThat(kv.changes().names()).isEmpty();
    }
}
