package dev.kvstore.test.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import dev.kvstore.test.TestClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The store of a {@code @SpringBootTest} with store-test on the class path. */
class WholeApplicationTest {

    private static final Path DEVELOPMENT = Path.of("data/kvstore.db");

    @Nested
    @SpringBootTest
    class WithoutAProperty {

        @Autowired
        private KvStore kv;

        @Autowired
        private SqliteKvStore bean;

        @Autowired
        private TestClock clock;

        @BeforeEach
        void storeIsEmptyBeforeEachMethodAndBeforeEach() {
            assertThat(bean.groups("")).isEmpty();
            kv.set("prepared", "key", "value");
        }

        @Test
        void theStoreIsInMemoryAndNoFileIsCreated() {
            assertThat(bean.file()).isEmpty();
            assertThat(DEVELOPMENT).doesNotExist();
        }

        @RepeatedTest(2)
        void entriesOfAnotherMethodAreRemoved() {
            assertThat(kv.getAll("group")).isEmpty();
            assertThat(kv.getAll("prepared")).containsOnlyKeys("key");
            kv.set("group", "key", "value");
            kv.set("expired", "key", "value", Duration.ofMinutes(1));
            clock.advance(Duration.ofHours(1));
        }

        @RepeatedTest(2)
        void leasesOfAnotherMethodEnd() {
            assertThat(kv.leases().tryAcquire("name", Duration.ofDays(1))).isPresent();
        }

        @RepeatedTest(2)
        void theTestAdvancesTheClockOfTheStoreWhichIsResetAfterwards(@Autowired Clock clockOfTheApplication) {
            kv.set("group", "key", "value", Duration.ofHours(1));
            assertThat(Duration.between(clockOfTheApplication.instant(), clock.instant())
                            .abs())
                    .isLessThan(Duration.ofMinutes(50));

            clock.advance(Duration.ofMinutes(61));

            assertThat(kv.get("group", "key")).isEmpty();
        }
    }

    @Nested
    @SpringBootTest
    class WithAPropertyThatNamesAFile {

        @TempDir
        private static Path directory;

        @Autowired
        private SqliteKvStore kv;

        @DynamicPropertySource
        static void file(DynamicPropertyRegistry properties) {
            properties.add("kvstore.path", () -> directory.resolve("kvstore.db").toString());
        }

        @RepeatedTest(2)
        void theFileIsUsedAndNeverEmptied() {
            assertThat(kv.file()).contains(Objects.requireNonNull(directory).resolve("kvstore.db"));
            kv.set("group", "key " + kv.count("group"), "value");
            methods++;
            assertThat(kv.count("group")).isEqualTo(methods);
        }

        private static int methods;
    }

    @Nested
    @SpringBootTest(properties = "kvstore.test.empty-before-each-method=false")
    class WithAStoreThatIsNotEmptied {

        @Autowired
        private KvStore kv;

        private static int methods;

        @RepeatedTest(2)
        void theStoreIsNotEmptied() {
            kv.set("group", "key " + methods, "value");
            methods++;
            assertThat(kv.count("group")).isEqualTo(methods);
        }
    }
}
