package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvNotFoundException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Expired entries are absent for every method, and a purge deletes them. */
abstract class ExpiryContract extends ContractPart {

    ExpiryContract(KvStoreContract contract) {
        super(contract);
    }

    @Test
    void anEntryLivesUntilItsTtlHasPassed() {
        kv.set("group", "key", VALUE, Duration.ofSeconds(10));

        clock.advance(Duration.ofMillis(9_999));
        assertThat(kv.get("group", "key")).contains(VALUE);

        clock.advance(Duration.ofMillis(2));
        assertThat(kv.get("group", "key")).isEmpty();
    }

    @Test
    void theEndOfATtlIsRoundedUpToTheNextMillisecond() {
        // The clock starts at 0.4 ms, so that the ttl ends at 1.4 ms.
        kv.set("group", "key", VALUE, Duration.ofMillis(1));

        clock.advance(Duration.ofNanos(1_599_999));
        assertThat(kv.get("group", "key")).contains(VALUE);

        clock.advance(Duration.ofNanos(1));
        assertThat(kv.get("group", "key")).isEmpty();
    }

    @Test
    void anEntryBeforeItsExpiryExistsForEveryMethod() {
        kv.set("group", "key", VALUE, Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(1));

        assertThat(kv.get("group", "key")).contains(VALUE);
        assertThat(kv.require("group", "key")).isEqualTo(VALUE);
        assertThat(kv.count("group")).isEqualTo(1);
        assertThat(kv.getAll("group")).containsOnlyKeys("key");
        assertThat(kv.render("[(${key})]", "group")).isEqualTo(VALUE);
        assertThat(kv.purgeExpired()).isZero();
        assertThat(kv.delete("group", "key")).isTrue();

        kv.set("group", "key", VALUE, Duration.ofSeconds(2));
        assertThat(kv.deleteGroup("group")).isEqualTo(1);
    }

    @Test
    void anExpiredEntryIsAbsentForEveryMethod() {
        kv.set("group", "expired", VALUE, Duration.ofSeconds(1));
        kv.set("group", "live", VALUE);
        clock.advance(Duration.ofSeconds(2));

        assertThat(kv.get("group", "expired")).isEmpty();
        assertThatExceptionOfType(KvNotFoundException.class).isThrownBy(() -> kv.require("group", "expired"));
        assertThat(kv.count("group")).isEqualTo(1);
        assertThat(kv.getAll("group")).containsOnlyKeys("live");
        assertThat(kv.render("[(${expired})]|[(${live})]", "group")).isEqualTo("|" + VALUE);
        assertThat(kv.delete("group", "expired")).isFalse();
        assertThat(kv.deleteGroup("group")).isEqualTo(1);
    }

    @Test
    void setWithoutTtlClearsAnEarlierExpiry() {
        kv.set("group", "key", VALUE, Duration.ofSeconds(1));
        kv.set("group", "key", VALUE);
        clock.advance(Duration.ofDays(1));

        assertThat(kv.get("group", "key")).contains(VALUE);
    }

    @Test
    void setWithTtlReplacesAnEarlierExpiry() {
        kv.set("group", "key", "first", Duration.ofSeconds(1));
        kv.set("group", "key", "second", Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(5));

        assertThat(kv.get("group", "key")).contains("second");
    }

    @Test
    void anExpiredEntryCanBeSetAgain() {
        kv.set("group", "key", "first", Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));
        kv.set("group", "key", "second");

        assertThat(kv.get("group", "key")).contains("second");
    }

    @Test
    void aTtlThatOverflowsNeverEnds() {
        kv.set("group", "longest", VALUE, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        kv.set("group", "beyond milliseconds", VALUE, Duration.ofMillis(Long.MAX_VALUE));
        clock.advance(Duration.ofDays(365_000_000));

        assertThat(kv.count("group")).isEqualTo(2);
        assertThat(kv.purgeExpired()).isZero();
    }

    @Test
    void aReadDeletesNothing() {
        kv.set("group", "key", VALUE, Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));

        assertThat(kv.get("group", "key")).isEmpty();
        assertThat(kv.getAll("group")).isEmpty();
        assertThat(kv.count("group")).isZero();

        assertThat(kv.purgeExpired()).isEqualTo(1);
    }

    @Test
    void deletedEntriesDoNotReturnWhenTheClockIsSetBack() {
        kv.set("group", "one", VALUE, Duration.ofSeconds(1));
        kv.set("other", "two", VALUE, Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));
        kv.delete("group", "one");
        kv.deleteGroup("other");

        clock.advance(Duration.ofSeconds(-2));

        assertThat(kv.get("group", "one")).isEmpty();
        assertThat(kv.get("other", "two")).isEmpty();
    }

    @Test
    void aPurgeDeletesTheExpiredEntriesOfAllGroupsAndReturnsTheirNumber() {
        kv.set("a", "expired", VALUE, Duration.ofSeconds(1));
        kv.set("b", "expired", VALUE, Duration.ofSeconds(1));
        kv.set("b", "later", VALUE, Duration.ofSeconds(10));
        kv.set("b", "never", VALUE);
        clock.advance(Duration.ofSeconds(2));

        assertThat(kv.purgeExpired()).isEqualTo(2);
        assertThat(kv.purgeExpired()).isZero();
        assertThat(kv.getAll("b")).containsOnlyKeys("later", "never");
    }

    @Test
    void aPurgeDeletesAllExpiredEntriesHoweverManyThereAre() {
        for (int i = 0; i < 1_200; i++) {
            kv.set("group", "key " + i, VALUE, Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(2));

        assertThat(kv.purgeExpired()).isEqualTo(1_200);
    }
}
