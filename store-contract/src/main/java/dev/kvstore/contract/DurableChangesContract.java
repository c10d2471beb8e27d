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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions with a name, which go on where they left off. */
abstract class DurableChangesContract extends ContractPart {

    private final HeardChanges heard = new HeardChanges();

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
    void onlyItsGroupsAreTold() {
        subscribe(heard, "a", "c");

        kv.set("a", "1", VALUE);
        kv.set("b", "2", VALUE);
        kv.set("c", "3", VALUE);

        assertThat(heard.next(2)).extracting(KvChange::key).containsExactly("1", "3");
    }

    @Test
    void theFirstTimeBeginsNow() {
        kv.set("group", "before", VALUE);
        subscribe(heard, "group");
        kv.set("group", "key", VALUE);

        assertThat(heard.before("key")).isEmpty();
    }

    @Test
    void itGoesOnWhereItLeftOff() {
        KvSubscription first = subscribe(heard, "group");
        kv.set("group", "1", VALUE);
        heard.next();
        first.close();
        kv.set("group", "2", VALUE);
        kv.delete("group", "1");

        subscribe(heard, "group");

        assertThat(heard.next(2)).extracting(KvChange::key).containsExactly("2", "1");
    }

    @Test
    void itGoesOnInOtherGroupsToo() {
        subscribe(heard, "a").close();
        kv.set("a", "1", VALUE);
        kv.set("b", "2", VALUE);

        subscribe(heard, "b");

        assertThat(heard.next().key()).isEqualTo("2");
    }

    @Test
    void aChangeWhoseListenerFailsIsToldAgainBeforeTheNext() {
        AtomicInteger calls = new AtomicInteger();
        subscribe(
                change -> {
                    if (calls.incrementAndGet() <= 2) {
                        throw new IllegalStateException(VALUE);
                    }
                    heard.onChange(change);
                },
                "group");

        kv.set("group", "1", VALUE);
        kv.set("group", "2", VALUE);

        assertThat(heard.next(2)).extracting(KvChange::key).containsExactly("1", "2");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aChangeWhoseListenerFailsIsToldAgainAfterItWasClosed() {
        HeardChanges failing = new HeardChanges();
        KvSubscription first = subscribe(
                change -> {
                    failing.onChange(change);
                    throw new IllegalStateException(VALUE);
                },
                "group");
        kv.set("group", "1", VALUE);
        failing.next();
        first.close();

        subscribe(heard, "group");

        assertThat(heard.next().key()).isEqualTo("1");
    }

    @Test
    void aForgottenNameBeginsNow() {
        subscribe(heard, "group").close();
        kv.set("group", "before", VALUE);

        assertThat(kv.changes().forget("name")).isTrue();
        assertThat(kv.changes().forget("name")).isFalse();

        subscribe(heard, "group");
        kv.set("group", "key", VALUE);
        assertThat(heard.before("key")).isEmpty();
    }

    @Test
    void aNameThatIsOpenIsNotForgotten() {
        KvSubscription open = subscribe(heard, "group");

        assertThatIllegalStateException()
                .isThrownBy(() -> kv.changes().forget("name"))
                .withMessageContaining("close it first");

        kv.set("group", "key", VALUE);
        assertThat(heard.next().key()).isEqualTo("key");
        open.close();
        assertThat(kv.changes().forget("name")).isTrue();
    }

    @Test
    void namesAreListedInOrderAndWithoutPassingSubscriptions() {
        kv.changes().subscribe(heard);
        for (String name : List.of("\uFFFD", "b", "", "\uD83C\uDF0D", "B")) {
            kv.changes().subscribe(name, Set.of("group"), heard).close();
        }

        assertThat(kv.changes().names()).containsExactly("", "B", "b", "\uFFFD", "\uD83C\uDF0D");
    }

    @Test
    void aNameIsOpenOnceInAStore() {
        KvSubscription first = subscribe(heard, "group");

        assertThatIllegalStateException()
                .isThrownBy(() -> subscribe(heard, "group"))
                .withMessageContaining("open already");

        first.close();
        subscribe(heard, "group").close();
    }

    @Test
    void twoNamesAreToldEachByItself() {
        HeardChanges other = new HeardChanges();
        subscribe(heard, "group");
        kv.changes().subscribe("other", Set.of("group"), other).close();
        kv.set("group", "1", VALUE);
        heard.next();
        kv.changes().subscribe("other", Set.of("group"), other);

        assertThat(other.next().key()).isEqualTo("1");
    }

    @Test
    void invalidArgumentsAreRefused() {
        for (String bad : new String[] {null, "\uD83C", "\u0000name"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().subscribe(bad, Set.of("group"), heard));
            assertThatIllegalArgumentException().isThrownBy(() -> kv.changes().forget(bad));
        }
        String tooLong = "x".repeat(70_000);
        assertThatExceptionOfType(KvLimitException.class)
                .isThrownBy(() -> kv.changes().subscribe(tooLong, Set.of("group"), heard));
        for (String bad : List.of("\uD83C", "\u0000group")) {
            assertThatIllegalArgumentException().isThrownBy(() -> subscribe(heard, bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kv.changes().subscribe("name", Set.of(), heard))
                .withMessageContaining("groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kv.changes().subscribe("name", null, heard))
                .withMessageContaining("groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscribe(null, "group"))
                .withMessageContaining("listener");
        assertThat(kv.changes().names()).isEmpty();
    }
}
