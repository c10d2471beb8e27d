package dev.kvstore.contract;

import static dev.kvstore.KvChange.Kind.DELETED;
import static dev.kvstore.KvChange.Kind.EXPIRED;
import static dev.kvstore.KvChange.Kind.SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvstore.Expiry;
import dev.kvstore.KvChange;
import dev.kvstore.KvEntry;
import dev.kvstore.KvRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The changes that a subscription delivers. */
abstract class ChangesContract extends ContractPart {

    private final ReceivedChanges received = new ReceivedChanges();

    ChangesContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void subscribe() {
        assumeTrue(contract.hasChanges(), "the engine has no log of changes");
        group.set("earlier", VALUE);
        group.set("expires", VALUE, Duration.ofDays(1));
        kv.changes().subscribe(received);
    }

    private KvChange set(String key) {
        return new KvChange(SET, "group", key, version(key));
    }

    private long version(String key) {
        return group.entry(key).map(KvEntry::version).orElseThrow();
    }

    private List<KvChange> receivedSoFar() {
        kv.set("end", "end", VALUE);
        return received.before("end");
    }

    @Test
    void aChangeHasTheNamesAndTheVersionOfTheEntry() {
        group.set("key", VALUE);

        assertThat(received.next()).isEqualTo(set("key"));
    }

    @Test
    void nothingFromBeforeTheSubscriptionIsDelivered() {
        assertThat(receivedSoFar()).isEmpty();
    }

    @Test
    void eachWayToSetIsDelivered() {
        group.set("key", VALUE);
        group.set("key", VALUE, Duration.ofDays(1));
        group.setIfAbsent("absent", VALUE);
        group.setIfPresent("key", VALUE);
        group.compareAndSet("key", version("key"), VALUE, Expiry.keep());
        group.getAndSet("key", VALUE, Expiry.never());
        group.getOrSet("other", VALUE, Expiry.never());
        group.update("key", Expiry.keep(), current -> current);
        group.increment("counter", 1);
        group.expire("key", Expiry.after(Duration.ofDays(1)));
        group.getAndExpire("key", Expiry.never());
        group.set("large", VALUE.repeat(1_000));
        group.set("large", VALUE.repeat(2_000));

        List<KvChange> changes = receivedSoFar();
        assertThat(changes).hasSize(13).extracting(KvChange::kind).containsOnly(SET);
        assertThat(changes)
                .extracting(KvChange::key)
                .containsExactly(
                        "key", "key", "absent", "key", "key", "key", "other", "key", "counter", "key", "key", "large",
                        "large");
        assertThat(changes).contains(set("key"), set("absent"), set("other"), set("counter"), set("large"));
        assertThat(changes).extracting(KvChange::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void eachWayToDeleteIsDelivered() {
        for (String key : List.of("k1", "k2", "k3", "k4", "k5", "k6", "k7")) {
            group.set(key, VALUE);
        }
        received.next(7);

        group.delete("k1");
        group.compareAndDelete("k2", version("k2"));
        group.getAndDelete("k3");
        group.deleteAll(List.of("k4"));
        group.deleteAll(KvRange.all().from("k5").before("k6"));
        kv.batch().delete(group, "k6").commit();
        group.deleteAll(List.of("earlier", "expires"));
        group.clear();

        List<KvChange> changes = receivedSoFar();
        assertThat(changes).extracting(KvChange::kind).containsOnly(DELETED);
        assertThat(changes)
                .extracting(KvChange::key)
                .containsExactly("k1", "k2", "k3", "k4", "k5", "k6", "earlier", "expires", "k7");
    }

    @Test
    void aDeletionHasAVersionBetweenThoseBeforeAndAfterIt() {
        group.set("key", VALUE);
        group.delete("key");
        group.set("key", VALUE);

        assertThat(receivedSoFar()).extracting(KvChange::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anOperationWithoutEffectIsNoChange() {
        group.setIfAbsent("earlier", VALUE);
        group.setIfPresent("absent", VALUE);
        group.compareAndSet("earlier", 1_000_000_000_000_000L, VALUE, Expiry.never());
        group.compareAndDelete("earlier", 1_000_000_000_000_000L);
        group.expire("earlier", Expiry.never());
        group.expire("earlier", Expiry.keep());
        group.delete("absent");
        group.getAndDelete("absent");
        group.deleteAll(KvRange.prefix("absent"));
        kv.deleteGroup("absent");
        kv.batch().check(group, "absent", 1).set(group, "key", VALUE).commit();
        kv.purgeExpired();

        assertThat(receivedSoFar()).isEmpty();
    }

    @Test
    void aBatchIsDeliveredInItsOrder() {
        kv.batch()
                .set(group, "b", VALUE)
                .delete(group, "earlier")
                .set(group, "a", VALUE)
                .commit();

        assertThat(receivedSoFar()).extracting(KvChange::key).containsExactly("b", "earlier", "a");
    }

    @Test
    void manyChangesAreAllDelivered() {
        for (int batch = 0; batch < 3; batch++) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < 700; i++) {
                values.put("key " + batch + " " + i, VALUE);
            }
            group.setAll(values);
        }

        assertThat(receivedSoFar()).extracting(KvChange::key).hasSize(2_100).doesNotHaveDuplicates();
    }

    @Test
    void anExpiryIsDeliveredWhenThePurgeRemovesTheRow() {
        long version = version("expires");
        clock.advance(Duration.ofDays(2));
        assertThat(receivedSoFar()).isEmpty();

        kv.purgeExpired();

        KvChange change = received.next();
        assertThat(change.kind()).isEqualTo(EXPIRED);
        assertThat(change.key()).isEqualTo("expires");
        assertThat(change.version()).isGreaterThan(version);
        kv.purgeExpired();
        assertThat(receivedSoFar()).isEmpty();
    }

    @Test
    void anExpiredRowThatIsDeletedIsOneExpiry() {
        clock.advance(Duration.ofDays(2));

        group.delete("expires");
        group.delete("expires");
        kv.purgeExpired();

        assertThat(receivedSoFar()).extracting(KvChange::kind).containsExactly(EXPIRED);
    }

    @Test
    void anExpiredRowThatIsSetAgainIsASet() {
        clock.advance(Duration.ofDays(2));

        group.set("expires", VALUE);

        assertThat(receivedSoFar()).containsExactly(set("expires"));
    }

    @Test
    void clearingAGroupTellsWhichEntriesHadExpired() {
        clock.advance(Duration.ofDays(2));

        group.clear();

        assertThat(receivedSoFar()).extracting(KvChange::kind).containsExactlyInAnyOrder(EXPIRED, DELETED);
    }

    @Test
    void aListenerSeesTheChangeThatItReceives() {
        CompletableFuture<Optional<String>> seen = new CompletableFuture<>();
        group.get("key");
        kv.changes().subscribe(change -> seen.complete(group.get("key")));

        group.set("key", VALUE);

        assertThat(seen.join()).contains(VALUE);
    }

    @Test
    void hostileNamesAreDeliveredAsTheyAre() {
        for (String name : List.of("", "\u0001", "a\u0000b", "\uFFFD", "\uD83C\uDF0D", "'\"%_\\", "\r\n")) {
            kv.set(name, name, VALUE);
            KvChange change = received.next();
            assertThat(change.group()).isEqualTo(name);
            assertThat(change.key()).isEqualTo(name);
        }
    }
}
