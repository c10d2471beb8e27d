package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.Durability;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.text.TemplateSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What is set on the builder is what the store does. */
class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void theLimitsAreTheOnesThatWereSet() {
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .inMemory()
                .maxKeySize(DataSize.ofBytes(4))
                .maxValueSize(DataSize.ofBytes(8))
                .build()) {
            kv.set("four", "four", "eight by");

            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> kv.set("fives", "four", "value"))
                    .withMessageContaining("4 bytes");
            assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> kv.set("four", "fives", "value"));
            assertThatExceptionOfType(KvLimitException.class)
                    .isThrownBy(() -> kv.set("four", "four", "nine byte"))
                    .withMessageContaining("8 bytes");
            assertThat(kv.get("four", "four")).contains("eight by");
        }
    }

    @Test
    void entriesBeyondANewLimitStayReachable() {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            kv.set("a long group", "a long key", "a long value");
        }

        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .maxKeySize(DataSize.ofBytes(4))
                .maxValueSize(DataSize.ofBytes(4))
                .build()) {
            assertThat(kv.get("a long group", "a long key")).contains("a long value");
            assertThat(kv.delete("a long group", "a long key")).isTrue();
        }
    }

    @Test
    void theTemplateSettingsAreTheOnesThatWereSet() {
        TemplateSettings defaults = TemplateSettings.DEFAULTS;
        TemplateSettings strict = new TemplateSettings(
                defaults.prefix(),
                defaults.suffix(),
                true,
                defaults.maxLength(),
                defaults.maxOutput(),
                defaults.timeout());
        try (SqliteKvStore kv =
                SqliteKvStore.builder().inMemory().templates(strict).build()) {
            assertThatExceptionOfType(KvTemplateException.class)
                    .isThrownBy(() -> kv.render("[(${missing})]", "group"))
                    .withMessageContaining("missing");
        }
    }

    @Test
    void aStoreOfNormalDurabilityWorksTheSame() {
        Path file = directory.resolve("kvstore.db");
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .file(file)
                .durability(Durability.NORMAL)
                .readers(1)
                .busyTimeout(Duration.ofDays(365_000))
                .build()) {
            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");
        }
        try (SqliteKvStore kv = SqliteKvStore.open(file)) {
            assertThat(kv.get("group", "key")).contains("value");
        }
    }
}
