package dev.kvstore.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvGroup;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.CapturedLog;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.convert.ApplicationConversionService;

/** Settings that are bound from a group and change with it. */
class LiveSettingsTest {

    @TempDir
    Path directory;

    private SqliteKvStore kv;
    private KvGroup<String> group;
    private StoreSettingsBinder binder;

    @BeforeEach
    void open() {
        kv = SqliteKvStore.open(directory.resolve("kvstore.db"));
        group = kv.group("limits");
        binder = binder(kv, true);
    }

    private static StoreSettingsBinder binder(SqliteKvStore store, boolean subscribes) {
        return new StoreSettingsBinder(
                store,
                new GroupWatch(store, subscribes, Duration.ofMillis(5)),
                ApplicationConversionService.getSharedInstance(),
                null);
    }

    @AfterEach
    void close() {
        binder.close();
        kv.close();
    }

    private KvSettings<Limits> limits() {
        return binder.bind("limits", Limits.class);
    }

    @Test
    void recordsDurationsListsAndNestedRecordsAreBound() {
        group.setAll(Map.of(
                "requests", "7",
                "window", "90s",
                "exempt[0]", "ada",
                "exempt[1]", "grace",
                "tier.name", "gold",
                "tier.factor", "3"));

        assertThat(limits().get())
                .isEqualTo(new Limits(7, Duration.ofSeconds(90), List.of("ada", "grace"), new Limits.Tier("gold", 3)));
    }

    @Test
    void anEmptyGroupHasTheDefaults() {
        assertThat(limits().get()).isEqualTo(new Limits(100, Duration.ofMinutes(1), List.of(), null));
    }

    @Test
    void aListCanBeBoundByItself() {
        group.setAll(Map.of("[0]", "1", "[1]", "2"));
        KvSettings<List<Integer>> numbers = binder.bind("limits", Bindable.listOf(Integer.class));
        assertThat(numbers.get()).containsExactly(1, 2);
    }

    @Test
    void aPlaceholderIsPlainText() {
        group.setAll(Map.of("exempt", "${user.home}"));
        assertThat(limits().get().exempt()).containsExactly("${user.home}");
    }

    @Test
    void aChangeInThisProcessIsNoticed() {
        KvSettings<Limits> limits = limits();
        group.set("requests", "8");
        await().until(() -> limits.get().requests() == 8);
        group.delete("requests");
        await().until(() -> limits.get().requests() == 100);
    }

    @Test
    void aChangeThroughAnotherStoreOnTheFileIsNoticed() {
        KvSettings<Limits> limits = limits();
        try (SqliteKvStore other = SqliteKvStore.open(directory.resolve("kvstore.db"))) {
            other.set("limits", "requests", "9");
            await().until(() -> limits.get().requests() == 9);
        }
    }

    @Test
    void aChangeIsNoticedByPollingToo() {
        try (StoreSettingsBinder polling = binder(kv, false)) {
            KvSettings<Limits> limits = polling.bind("limits", Limits.class);
            group.set("requests", "8");
            await().until(() -> limits.get().requests() == 8);
        }
    }

    @Test
    void aBatchIsNeverSeenHalf() throws Exception {
        group.setAll(Map.of("requests", "0", "tier.name", "gold", "tier.factor", "0"));
        KvSettings<Limits> limits = limits();
        AtomicBoolean ended = new AtomicBoolean();
        List<Limits> torn = new CopyOnWriteArrayList<>();
        Thread reader = new Thread(() -> {
            while (!ended.get()) {
                Limits seen = limits.refresh();
                if (seen.tier() == null || seen.requests() != seen.tier().factor()) {
                    torn.add(seen);
                }
            }
        });
        reader.start();
        for (int i = 1; i <= 200; i++) {
            group.setAll(Map.of("requests", "" + i, "tier.factor", "" + i));
        }
        ended.set(true);
        reader.join();

        assertThat(torn).isEmpty();
        assertThat(limits.refresh().requests()).isEqualTo(200);
    }

    @Test
    void aGroupThatCannotBeBoundIsRefusedAndTheLastGoodSettingsStay() {
        group.set("requests", "7");
        KvSettings<Limits> limits = limits();
        try (CapturedLog log = new CapturedLog()) {
            group.set("window", Secrets.VALUE);
            assertThat(limits.refresh().requests()).isEqualTo(7);
            group.set("requests", "8");
            assertThat(limits.refresh().requests()).isEqualTo(7);

            assertThat(limits.refusal().orElseThrow()).contains("'window'", "'limits'", "Duration");
            assertThat(log.lines("WARN"))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("'window' of the group 'limits'"))
                    .allMatch(line -> line.contains("stay as they were"))
                    .noneMatch(line -> line.contains(Secrets.VALUE));
        }
        group.set("window", "2m");
        assertThat(limits.refresh()).isEqualTo(new Limits(8, Duration.ofMinutes(2), List.of(), null));
        assertThat(limits.refusal()).isEmpty();
    }

    @Test
    void aRecordMayRefuseWhatDoesNotFitTogether() {
        KvSettings<Limits> limits = limits();
        group.setAll(Map.of("requests", "5000", "window", "1h"));
        assertThat(limits.refresh().requests()).isEqualTo(100);
        assertThat(limits.refusal().orElseThrow())
                .contains("The group 'limits'", "IllegalArgumentException")
                .doesNotContain("5000");
    }

    @Test
    void settingsThatAreWrongAtTheStartAreAnError() {
        group.set("window", Secrets.VALUE);
        assertThatExceptionOfType(KvSettingsException.class)
                .isThrownBy(this::limits)
                .withMessageContaining("'window' of the group 'limits'")
                .withMessageNotContaining(Secrets.VALUE)
                .withNoCause();
    }

    @Test
    void listenersGetEachChangeOnce() {
        KvSettings<Limits> limits = limits();
        List<Integer> seen = new ArrayList<>();
        KvSettings.Registration registration = limits.onChange(now -> seen.add(now.requests()));
        limits.onChange(now -> {
            throw new IllegalStateException("a listener that fails");
        });
        List<Integer> other = new ArrayList<>();
        limits.onChange(now -> other.add(now.requests()));
        limits.refresh();
        change(limits, "7");
        change(limits, "07");
        registration.close();
        change(limits, "8");

        assertThat(seen).containsExactly(7);
        assertThat(other).containsExactly(7, 8);
    }

    private void change(KvSettings<Limits> limits, String requests) {
        group.set("requests", requests);
        limits.refresh();
    }

    @Test
    void entriesOfOtherGroupsAndUnknownKeysDoNotMatter() {
        group.set("requests", "7");
        group.set("a key of a later version", "any");
        kv.set("other", "requests", "8");
        assertThat(limits().get().requests()).isEqualTo(7);
    }

    @Test
    void aClosedStoreLeavesTheSettingsAsTheyAre() {
        StoreSettingsBinder polling = binder(kv, false);
        KvSettings<Limits> limits = polling.bind("limits", Limits.class);
        kv.close();
        assertThat(limits.get().requests()).isEqualTo(100);
        polling.close();
    }

    @Test
    void aGroupOfTheStoreItselfIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> binder.bind("\0", Limits.class));
    }
}
