package dev.kvstore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvLimitException;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.springframework.util.unit.DataSize;

class KvStoreExtensionTest {

    @Nested
    @ExtendWith(KvStoreExtension.class)
    class InMemory {

        @BeforeEach
        void prepare(KvStore kv) {
            kv.set("prepared", "key", "value");
        }

        @RepeatedTest(2)
        void eachTestHasItsOwnStoreSharedWithBeforeEach(SqliteKvStore kv) {
            assertThat(kv.file()).isEmpty();
            assertThat(kv.groups("")).containsExactly("prepared");
            kv.set("group", "key", "value");
        }

        @Test
        void aSessionEndsAfterAnHour(KvStore kv, TestClock clock) {
            kv.set("sessions", "token", "ada", Duration.ofHours(1));
            clock.advance(Duration.ofMinutes(59));
            assertThat(kv.get("sessions", "token")).contains("ada");

            clock.advance(Duration.ofMinutes(1));

            assertThat(kv.get("sessions", "token")).isEmpty();
        }
    }

    @Nested
    class InAFile {

        @RegisterExtension
        private final KvStoreExtension extension =
                KvStoreExtension.inTemporaryFile().with(builder -> builder.maxValueSize(DataSize.ofBytes(3)));

        @Test
        void theFileExistsAndTheSettingsApply(SqliteKvStore kv) {
            assertThat(kv.file().orElseThrow()).exists();
            assertThatExceptionOfType(KvLimitException.class).isThrownBy(() -> kv.set("group", "key", "1234"));
        }
    }

    @Test
    void theStoreIsClosedAndItsFileDeletedAfterTheTest() {
        assertThat(run(Keeping.class)).isEmpty();

        SqliteKvStore kept = Keeping.KEPT.get();
        assertThatExceptionOfType(KvClosedException.class).isThrownBy(() -> kept.count("group"));
        Path file = kept.file().orElseThrow();
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void aFailureListsTheEntriesWithoutTheirValues() {
        assertThat(run(Failing.class)).singleElement().satisfies(failure -> {
            assertThat(failure).hasMessage("the test failed");
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("group/key: 6 bytes", "other/key: 2 bytes");
            assertThat(Secrets.textOf(failure)).doesNotContain(Secrets.VALUE);
        });
    }

    @Test
    void aFailureListsTheValuesOnRequest() {
        assertThat(run(FailingWithValues.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("group/key: 'open'"));
    }

    /** The failures of the tests of a class. */
    private static List<Throwable> run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        List<Throwable> failures = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
            }
        });
        return failures;
    }

    /** Not named like a test, so that only {@link #run} executes it. */
    static class Keeping {

        static final AtomicReference<SqliteKvStore> KEPT = new AtomicReference<>();

        @RegisterExtension
        final KvStoreExtension extension = KvStoreExtension.inTemporaryFile();

        @Test
        void keeps(SqliteKvStore kv) {
            kv.set("group", "key", "value");
            KEPT.set(kv);
        }
    }

    @ExtendWith(KvStoreExtension.class)
    static class Failing {

        @Test
        void fails(KvStore kv) {
            kv.set("group", "key", Secrets.VALUE);
            kv.set("other", "key", "é");
            throw new IllegalStateException("the test failed");
        }
    }

    static class FailingWithValues {

        @RegisterExtension
        final KvStoreExtension extension = new KvStoreExtension().showingValues();

        @Test
        void fails(KvStore kv) {
            kv.set("group", "key", "open");
            throw new IllegalStateException("the test failed");
        }
    }
}
