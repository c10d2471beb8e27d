package dev.kvstore.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvRange;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a dialect need not write itself. */
class DialectDefaultsTest {

    private static final JdbcOperations UNUSED = new JdbcTemplate();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final StoredEntry LIVE = new StoredEntry(new Value.Text("value"), StoredEntry.NEVER, 7);

    /** Has one entry, in the group "group". */
    private static final class OneEntry extends NoDialect {

        @Override
        public StoredEntry find(JdbcOperations jdbc, String group, String key) {
            return key.equals("key") ? LIVE : StoredEntry.ABSENT;
        }

        @Override
        public long deleteRange(JdbcOperations jdbc, String group, KvRange range) {
            return range.equals(KvRange.all()) ? 1 : 0;
        }
    }

    private final Dialect dialect = new OneEntry();

    @Test
    void aReadOfAPartOfAnEntryIsAReadOfTheEntry() {
        assertThat(dialect.get(UNUSED, "group", "key")).contains(new Value.Text("value"));
        assertThat(dialect.get(UNUSED, "group", "absent")).isEmpty();
        assertThat(dialect.state(UNUSED, "group", "key")).contains(new EntryState(7, StoredEntry.NEVER));
        assertThat(dialect.state(UNUSED, "group", "absent")).isEmpty();
    }

    @Test
    void aGroupIsTheRangeOfAllItsKeys() {
        assertThat(dialect.deleteGroup(UNUSED, "group")).isEqualTo(1);
    }

    @Test
    void anEngineWithoutALogOfChangesRefusesSubscriptions() {
        FeedPosition position = new FeedPosition(1, 1);
        refused(() -> new FeedChange.Subscribe("name", true, 1, null, MINUTE).run(dialect, UNUSED));
        refused(() -> new FeedChange.Advance("name", 1, position).run(dialect, UNUSED));
        refused(() -> new FeedChange.Unsubscribe("name", 1).run(dialect, UNUSED));
        refused(() -> new FeedChange.Forget("name", MINUTE).run(dialect, UNUSED));
        refused(() -> new FeedChange.Trim(MINUTE, 1, MINUTE, 1).run(dialect, UNUSED));
        refused(() -> new FeedQuery.Changes(position, Set.of(), 1).run(dialect, UNUSED));
        refused(() -> new FeedQuery.SubscriptionNames().run(dialect, UNUSED));
        refused(() -> new FeedQuery.IsOwnedByAnother("name", 1, MINUTE).run(dialect, UNUSED));
        assertThat(new FeedQuery.IsLogged().run(dialect, UNUSED)).isFalse();
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(call)
                .withMessageContaining("no log of changes");
    }
}
