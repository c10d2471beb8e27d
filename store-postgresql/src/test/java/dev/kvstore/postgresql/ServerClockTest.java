package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.kvstore.Expiry;
import dev.kvstore.KvEntry;
import dev.kvstore.KvGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Without a clock of its own, a store uses that of the server, which all nodes share. */
class ServerClockTest extends StoreTest {

    @Test
    void aTimeToLiveEndsByItself() {
        KvGroup<String> group = kv.group("group");
        Expiry soon = Expiry.after(Duration.ofMillis(50));
        group.set("set", "value", soon);
        group.setAll(Map.of("of many", "value", "of more", "value"), soon);
        group.setIfAbsent("if absent", "value", soon);
        group.increment("counter", 1, soon);
        group.set("expire", "value");
        group.expire("expire", soon);
        group.set("stays", "value");

        await().until(() -> group.count() == 1);

        assertThat(group.getAll()).containsOnlyKeys("stays");
        assertThat(kv.purgeExpired()).isEqualTo(6);
    }

    @Test
    void anEntryExpiresItsTimeToLiveAfterTheServersTime() {
        KvGroup<String> group = kv.group("group");
        group.set("key", "value", Expiry.after(Duration.ofDays(1)));

        Instant end = group.entry("key").flatMap(KvEntry::expiresAt).orElseThrow();
        assertThat(end).isCloseTo(Instant.now().plus(Duration.ofDays(1)), Assertions.within(Duration.ofMinutes(1)));
    }

    @Test
    void aTimeToLiveBeyondTheServersRangeNeverEnds() {
        KvGroup<String> group = kv.group("group");
        for (Duration endless : new Duration[] {
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofMillis(Long.MAX_VALUE),
            Duration.ofDays(60_000_000)
        }) {
            group.set("key", "value", endless);
            assertThat(group.entry("key").flatMap(KvEntry::expiresAt)).isEmpty();
        }
        group.set("key", "value", Duration.ofDays(50_000_000));
        assertThat(group.entry("key").flatMap(KvEntry::expiresAt)).isPresent();
    }

    @Test
    void anEndThatHasPassedOnTheServerIsRefused() {
        KvGroup<String> group = kv.group("group");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> group.set("key", "value", Expiry.at(Instant.now().minusSeconds(60))));
        group.set("key", "value", Expiry.at(Instant.now().plusSeconds(60)));
        assertThat(group.contains("key")).isTrue();
    }
}
