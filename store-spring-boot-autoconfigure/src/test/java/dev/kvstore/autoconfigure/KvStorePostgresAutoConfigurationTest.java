package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.kvstore.KvOpenException;
import dev.kvstore.KvStore;
import dev.kvstore.MovedClock;
import dev.kvstore.postgresql.EmptySchemas;
import dev.kvstore.postgresql.NeedsPostgres;
import dev.kvstore.postgresql.PostgresKvStore;
import dev.kvstore.postgresql.PostgresServer;
import dev.kvstore.secrets.Secrets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The store of a host that sets {@code kvstore.url}. */
@NeedsPostgres
@ExtendWith(OutputCaptureExtension.class)
class KvStorePostgresAutoConfigurationTest {

    private String schema;
    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        schema = EmptySchemas.take();
        host = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ConfigurationPropertiesAutoConfiguration.class,
                        KvStoreAutoConfiguration.class,
                        KvStorePostgresAutoConfiguration.class))
                .withPropertyValues(
                        "kvstore.url=" + EmptySchemas.url(),
                        "kvstore.username=" + PostgresServer.ADMIN,
                        "kvstore.postgresql.schema=" + schema,
                        "kvstore.postgresql.pool-size=2");
    }

    @AfterEach
    void giveBack() {
        host.run(context -> EmptySchemas.giveBack(schema));
    }

    @Test
    void theStoreIsInTheDatabase() {
        host.run(context -> {
            assertThat(context).hasSingleBean(KvStore.class).hasSingleBean(PostgresKvStore.class);
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
            assertThat(context).hasBean("kvStore").hasBean("kvStorePurgeScheduling");
            try (PostgresKvStore other = PostgresKvStore.builder()
                    .url(EmptySchemas.url())
                    .username(PostgresServer.ADMIN)
                    .schema(schema)
                    .build()) {
                assertThat(other.get("group", "key")).contains(Secrets.VALUE);
            }
        });
    }

    @Test
    void noBeanIsOfATypeThatAHostTakesForItsOwn() {
        host.run(context -> assertThat(context)
                .doesNotHaveBean(DataSource.class)
                .doesNotHaveBean("flyway")
                .doesNotHaveBean("jdbcTemplate"));
    }

    @Test
    void thePropertyAloneIsAnErrorThatNamesTheDependency(CapturedOutput output) {
        host.withClassLoader(new FilteredClassLoader("dev.kvstore.postgresql"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(KvOpenException.class)
                        .hasMessageContaining("dev.kvstore:store-postgresql"));
    }

    @Test
    void noStoreIsOpenedWhenItIsDisabled() {
        host.withPropertyValues("kvstore.enabled=false")
                .run(context -> assertThat(context.getBeanDefinitionNames())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("kvstore")));
    }

    @Test
    void aStoreOfTheHostReplacesIt() {
        host.withBean("hostStore", KvStore.class, () -> Hosts.storeThatPurges(() -> 0))
                .run(context ->
                        assertThat(context).hasSingleBean(KvStore.class).doesNotHaveBean(PostgresKvStore.class));
    }

    @Test
    void theClockAndCustomizersOfTheHostAreUsed() {
        host.withUserConfiguration(ClockAndCustomizer.class).run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", "1234", Duration.ofHours(1));
            context.getBean(MovedClock.class).move(Duration.ofMinutes(61));
            assertThat(store.get("group", "key")).isEmpty();
            assertThatException()
                    .isThrownBy(() -> store.set("group", "key", "12345"))
                    .withMessageContaining("kvstore.max-value-size");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class ClockAndCustomizer {

        @Bean
        @KvStoreClock
        MovedClock storeClock() {
            return new MovedClock();
        }

        @Bean
        PostgresKvStoreBuilderCustomizer fourBytes() {
            return builder -> builder.maxValueSize(DataSize.ofBytes(4));
        }
    }

    private void assertAnalysis(CapturedOutput output, String[] properties, String... parts) {
        String[] all = new String[properties.length + 1];
        all[0] = "spring.main.banner-mode=off";
        System.arraycopy(properties, 0, all, 1, properties.length);
        assertThatException().isThrownBy(() -> Starts.with(all));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(parts)
                .doesNotContain(Secrets.VALUE);
    }

    @Test
    void theAnalysisOfAnUnreachableServerNamesTheProperty(CapturedOutput output) {
        assertAnalysis(
                output,
                new String[] {"kvstore.url=jdbc:postgresql://127.0.0.1:1/kv", "kvstore.password=" + Secrets.VALUE},
                "The store '127.0.0.1:1/kv' could not be opened",
                "Start the server",
                "'kvstore.url'");
    }

    @Test
    void theAnalysisOfAWrongPasswordNamesTheProperties(CapturedOutput output) throws SQLException {
        PostgresServer.shared()
                .execute("postgres", "DROP ROLE IF EXISTS bob", "CREATE ROLE bob LOGIN PASSWORD 'right'");
        assertAnalysis(
                output,
                new String[] {
                    "kvstore.url=" + EmptySchemas.url(), "kvstore.username=bob", "kvstore.password=" + Secrets.VALUE
                },
                "the server refused the user or the password",
                "'kvstore.username' and 'kvstore.password'");
    }

    @Test
    void theAnalysisOfAnInvalidUrlDoesNotRepeatIt(CapturedOutput output) {
        assertAnalysis(
                output,
                new String[] {"kvstore.url=jdbc:mysql://host/kv?password=" + Secrets.VALUE},
                "'kvstore.url' is not the URL of a PostgreSQL database",
                "Set it to a URL such as");
    }

    @Test
    void aPathBesideTheUrlIsRefused(CapturedOutput output) {
        assertAnalysis(
                output,
                new String[] {"kvstore.url=" + EmptySchemas.url(), "kvstore.path=data/kvstore.db"},
                "Invalid value 'data/kvstore.db' for configuration property 'kvstore.path'",
                "remove one of the two");
    }

    @Test
    void settingsOfFilesAreRefused(CapturedOutput output) {
        assertAnalysis(
                output,
                new String[] {"kvstore.url=" + EmptySchemas.url(), "kvstore.readers=4"},
                "for configuration property 'kvstore.readers'",
                "'kvstore.postgresql.pool-size'");
        assertAnalysis(
                output,
                new String[] {"kvstore.url=" + EmptySchemas.url(), "kvstore.near-cache.enabled=true"},
                "for configuration property 'kvstore.near-cache.enabled'");
    }

    @Test
    void anInvalidSettingNamesItsProperty(CapturedOutput output) {
        assertAnalysis(
                output,
                new String[] {"kvstore.url=" + EmptySchemas.url(), "kvstore.postgresql.pool-size=0"},
                "Invalid value '0' for configuration property 'kvstore.postgresql.pool-size'",
                "must be between 1 and 1000");
        assertAnalysis(
                output,
                new String[] {"kvstore.url=" + EmptySchemas.url(), "kvstore.postgresql.schema=no good"},
                "for configuration property 'kvstore.postgresql.schema'");
    }
}
