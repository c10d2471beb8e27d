package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kvstore.Durability;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.TemplateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Each setting of the builder takes effect; an invalid one is refused by its name. */
class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void aStoreNeedsAFileOrMemory() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SqliteKvStore.builder().build())
                .withMessageContaining("file(path) or inMemory()");
    }

    @Test
    void settingsAtTheLimitsOfTheirRangesAreAccepted() {
        for (int readers : new int[] {1, 64}) {
            SqliteKvStore.builder()
                    .file(directory.resolve("kvstore.db"))
                    .readers(readers)
                    .busyTimeout(Duration.ZERO)
                    .maxKeySize(DataSize.ofBytes(1))
                    .maxValueSize(DataSize.ofMegabytes(512))
                    .build()
                    .close();
        }
    }

    @Test
    void settingsOutsideTheirRangesAreRefusedByName() {
        requireIllegal("busyTimeout", builder -> builder.busyTimeout(Duration.ofMillis(-1)));
        requireIllegal("readers", builder -> builder.readers(0));
        requireIllegal("readers", builder -> builder.readers(65));
        requireIllegal("maxKeySize", builder -> builder.maxKeySize(DataSize.ofBytes(0)));
        requireIllegal("maxValueSize", builder -> builder.maxValueSize(DataSize.ofBytes(-1)));
        requireIllegal("maxValueSize", builder -> builder.maxValueSize(DataSize.ofMegabytes(513)));
    }

    @Test
    void theConfiguredLimitsApply() {
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
    void entriesBeyondANewLimitCanStillBeReadAndDeleted() {
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
    void theConfiguredTemplateSettingsApply() {
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
    void messagesNameTheSettingsAsTheBuilderDoesOrAsAnIntegrationWants() throws Exception {
        requireNamed(builder -> {}, "maxKeySize", "template.maxLength", "busyTimeout", "readOnly");
        requireNamed(
                builder -> builder.settingNames(name -> "app." + name),
                "app.maxKeySize",
                "app.template.maxLength",
                "app.busyTimeout",
                "app.readOnly");
    }

    private void requireNamed(
            Consumer<SqliteKvStore.Builder> naming,
            String maxKeySize,
            String maxLength,
            String busyTimeout,
            String readOnly)
            throws Exception {
        SqliteKvStore.Builder builder = SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .busyTimeout(Duration.ZERO)
                .maxKeySize(DataSize.ofBytes(3));
        naming.accept(builder);
        try (SqliteKvStore kv = builder.build();
                Foreign foreign = Foreign.open(directory.resolve("kvstore.db"))) {
            requireMessage("(" + maxKeySize + ")", () -> kv.set("four", "key", "value"));
            requireMessage("(" + maxLength + ")", () -> kv.render("t".repeat(300_000), "group"));
            foreign.execute("BEGIN IMMEDIATE");
            requireMessage("(" + busyTimeout + ")", () -> kv.set("one", "key", "value"));
        }
        try (SqliteKvStore kv = builder.readOnly(true).build()) {
            requireMessage("(" + readOnly + ")", () -> kv.set("one", "key", "value"));
        }
        Path locked = directory.resolve("locked.db");
        try (Foreign foreign = Foreign.open(locked)) {
            foreign.execute("CREATE TABLE other (id)").execute("BEGIN EXCLUSIVE");
            requireMessage(
                    "(" + busyTimeout + ")",
                    () -> builder.file(locked).readOnly(false).build());
        }
        Files.delete(locked);
    }

    private static void requireMessage(String part, ThrowingCallable refused) {
        assertThatException().isThrownBy(refused).withMessageContaining(part);
    }

    @Test
    void aStoreWithNormalDurabilityKeepsItsEntries() {
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

    private static void requireIllegal(String name, Consumer<SqliteKvStore.Builder> setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(SqliteKvStore.builder()))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(classes = {DateTimeException.class, ArithmeticException.class})
    void anExceptionOfTheClockReachesTheCaller(Class<? extends RuntimeException> kind) throws Exception {
        RuntimeException failure = kind.getConstructor(String.class).newInstance("no time");
        try (SqliteKvStore kv = SqliteKvStore.builder()
                .inMemory()
                .clock(() -> {
                    throw failure;
                })
                .build()) {
            assertThatExceptionOfType(kind)
                    .isThrownBy(() -> kv.set("group", "key", "value", Duration.ofSeconds(1)))
                    .isSameAs(failure);
        }
    }
}
