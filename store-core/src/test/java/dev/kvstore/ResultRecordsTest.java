package dev.kvstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Entries, pages and changes are complete, do not change, and are printed without values. */
class ResultRecordsTest {

    private static final KvEntry<String> ENTRY = new KvEntry<>("key\n", "secret", 7, Optional.of(Instant.EPOCH));

    @Test
    void anEntryIsPrintedWithoutItsValue() {
        assertThat(ENTRY).hasToString("KvEntry[key=key\\u000A, version=7, expiresAt=1970-01-01T00:00:00Z]");
        assertThat(new KvEntry<>("key", "secret", 7, Optional.empty())).hasToString("KvEntry[key=key, version=7]");
        assertThat(new KvPage<>(List.of(ENTRY), Optional.empty()).toString()).doesNotContain("secret");
    }

    @Test
    void aPageCopiesItsEntries() {
        List<KvEntry<String>> entries = new ArrayList<>(List.of(ENTRY));
        KvPage<String> page = new KvPage<>(entries, Optional.of(KvRange.all()));

        entries.clear();

        assertThat(page.entries()).containsExactly(ENTRY);
        assertThatThrownBy(() -> page.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aChangeIsPrintedOnOneLine() {
        assertThat(new KvChange(KvChange.Kind.SET, "group", "key\n", 3))
                .hasToString("KvChange[SET group/key\\u000A, version=3]");
        assertThat(new KvChange(KvChange.Kind.GAP, "", "", 0)).hasToString("KvChange[GAP]");
    }

    @Test
    void versionsArePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KvEntry<>("key", "value", 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.DELETED, "group", "key", 0));
    }

    @Test
    void aGapNamesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.GAP, "group", "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.GAP, "", "key", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.GAP, "", "", 1));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KvEntry<>(null, "value", 1, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvEntry<>("key", null, 1, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvEntry<>("key", "value", 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvPage<>(null, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvPage<>(List.of(), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KvPage<>(Arrays.asList(ENTRY, null), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(null, "group", "key", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.SET, null, "key", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new KvChange(KvChange.Kind.SET, "group", null, 1));
    }
}
