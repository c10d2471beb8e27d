package com.example.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.TransactionManager;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.templateresolver.ITemplateResolver;

/** The host behaves with the store as it does without it. */
class HostileHostTest {

    @TempDir
    static Path directory;

    private static Path file;
    private static Host with;
    private static Host without;

    private static final String ACTUATE = "dev.kvstore.autoconfigure.actuate.";

    @BeforeAll
    static void start() {
        file = directory.resolve("kvstore.db");
        with = Host.with(file);
        without = Host.without();
    }

    @AfterAll
    static void stop() {
        with.close();
        without.close();
    }

    @Test
    void exactlyOurBeansAreAdded() {
        Set<String> added = new TreeSet<>(with.beanNames());
        added.removeAll(without.beanNames());
        assertThat(added)
                .containsExactlyInAnyOrder(
                        "kvStore",
                        "kvStorePurgeScheduling",
                        "kvstore-dev.kvstore.autoconfigure.KvStoreProperties",
                        "dev.kvstore.autoconfigure.KvStoreAutoConfiguration",
                        "kvStoreHealthContributor",
                        "kvStoreWatch",
                        "management.health.kvstore-" + ACTUATE + "KvStoreHealthProperties",
                        ACTUATE + "KvStoreHealthAutoConfiguration",
                        ACTUATE + "KvStoreHealthAutoConfiguration$OfStores",
                        ACTUATE + "KvStoreWatchConfiguration",
                        "kvStoreMeters",
                        ACTUATE + "KvStoreMetricsAutoConfiguration",
                        "kvStoreEndpoint",
                        "kvStoreEndpointWebExtension",
                        "management.endpoint.kvstore-" + ACTUATE + "KvStoreEndpointProperties",
                        ACTUATE + "KvStoreEndpointAutoConfiguration",
                        ACTUATE + "KvStoreEndpointAutoConfiguration$Exposed",
                        "kvStoreObserverCustomizer",
                        ACTUATE + "KvStoreObserverAutoConfiguration");
        assertThat(with.beanNames()).containsAll(without.beanNames());
    }

    @Test
    void noTypeOfTheHostHasAnotherBean() {
        for (Class<?> type : List.of(
                DataSource.class,
                JdbcOperations.class,
                TransactionManager.class,
                Flyway.class,
                TaskScheduler.class,
                TaskExecutor.class,
                ITemplateEngine.class,
                ITemplateResolver.class)) {
            assertThat(with.context().getBeanNamesForType(type))
                    .as(type.getSimpleName())
                    .isEqualTo(without.context().getBeanNamesForType(type));
        }
    }

    @Test
    void itsDatabaseHasOnlyItsOwnTables() {
        assertThat(with.tables()).containsExactly("CUSTOMER", "flyway_schema_history");
        assertThat(with.tables()).isEqualTo(without.tables());
    }

    @Test
    void itsMigrationsRanAndOneOfThemUsedTheStore() {
        assertThat(with.bean(Flyway.class).info().applied())
                .extracting(MigrationInfo::getScript)
                .containsExactly("V1__create_customer.sql", V2__RememberTheMigration.class.getName());
        assertThat(with.bean(KvStore.class).get("migrations", "V2")).contains("done");
        assertThat(with.bean(Customers.class).count()).isOne();
    }

    @Test
    void theStoreHasOnlyItsOwnTables() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            Set<String> names = new TreeSet<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
            assertThat(names)
                    .containsExactly(
                            "kv",
                            "kv_change",
                            "kv_change_mark",
                            "kv_large",
                            "kv_meta",
                            "kv_subscriber",
                            "kvstore_schema_history");
        }
    }

    @Test
    void itsHealthIsTheSameExceptForThatOfTheStore() throws Exception {
        String health = with.page("/actuator/health");
        assertThat(JsonPath.<String>read(health, "$.components.kvStore.status")).isEqualTo("UP");
        assertThat(JsonPath.parse(health).delete("$.components.kvStore").jsonString())
                .contains("\"database\":\"H2\"")
                .isEqualTo(without.page("/actuator/health"));
    }

    @Test
    void theEndpointShowsKeysWithoutValues() throws Exception {
        with.bean(KvStore.class).set("greetings", "en/gb", Secrets.VALUE);

        assertThat(with.page("/actuator/kvstore?prefix=greet"))
                .isEqualTo("{\"groups\":[{\"name\":\"greetings\",\"entries\":1}],\"more\":false}");
        assertThat(with.page("/actuator/kvstore/greetings"))
                .contains("\"key\":\"en/gb\"", "******")
                .doesNotContain(Secrets.VALUE);
        assertThat(with.page("/actuator/kvstore/greetings/en/gb"))
                .contains("\"key\":\"en/gb\"", "******")
                .doesNotContain(Secrets.VALUE);
        assertThat(with.page("/actuator/kvstore/absent")).isEmpty();
        assertThat(with.page("/actuator/kvstore/greetings?limit=0")).doesNotContain("en/gb");
    }

    @Test
    void itsMetersAreTheSameExceptForThoseOfTheStore() throws Exception {
        List<String> names = JsonPath.read(with.page("/actuator/metrics"), "$.names");
        assertThat(names).contains("kvstore.operations", "kvstore.file.size", "kvstore.wal.size");
        List<String> others = JsonPath.read(without.page("/actuator/metrics"), "$.names");
        assertThat(others).noneMatch(name -> name.startsWith("kvstore"));
    }

    @Test
    void itsMigrationEndpointIsTheSame() throws Exception {
        assertThat(withoutTimes(with.page("/actuator/flyway")))
                .contains("V1__create_customer.sql")
                .isEqualTo(withoutTimes(without.page("/actuator/flyway")));
    }

    private static String withoutTimes(String json) {
        return json.replaceAll("\"(installedOn|executionTime)\":[^,}]*", "").replaceAll("application(-\\d+)?", "");
    }

    @Test
    void itsPagesAreRenderedFromItsOwnTemplates() throws Exception {
        assertThat(with.page("/customers")).contains("<p>1 customers</p>").isEqualTo(without.page("/customers"));
    }

    @Test
    void itsDormantJobsDoNotRunWhileTheStoreIsPurged() throws Exception {
        KvStore store = with.bean(KvStore.class);
        store.set("dormant", "key", Secrets.VALUE, Duration.ofMillis(1));
        await().until(() -> rows("dormant") == 0);
        assertThat(with.bean(DormantJob.class).runs).isEmpty();
        assertThat(with.page("/actuator/scheduledtasks")).isEqualTo(without.page("/actuator/scheduledtasks"));
    }

    private static int rows(String group) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.prepareStatement("SELECT count(*) FROM kv WHERE grp = ?")) {
            statement.setString(1, group);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
