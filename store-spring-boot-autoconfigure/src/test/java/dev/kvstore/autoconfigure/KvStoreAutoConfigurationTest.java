package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvClosedException;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.interceptor.DebugInterceptor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.sqlite.SQLiteDataSource;
import org.thymeleaf.TemplateEngine;

class KvStoreAutoConfigurationTest {

    @TempDir
    Path directory;

    private Path data;
    private Path file;
    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        data = directory.resolve("data");
        file = data.resolve("kvstore.db");
        host = Hosts.withStoreIn(file);
    }

    @Test
    void aStoreIsConfiguredByDefault() {
        host.run(context -> {
            KvStore store = context.getBean(KvStore.class);
            store.set("group", "key", Secrets.VALUE);
            assertThat(store.get("group", "key")).contains(Secrets.VALUE);
            assertThat(context).hasSingleBean(SqliteKvStore.class);
            assertThat(file).exists();
        });
    }

    @Test
    void exactlyFourBeansAreAdded() {
        AtomicReference<List<String>> without = new AtomicReference<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
                .run(context -> without.set(List.of(context.getBeanDefinitionNames())));
        host.run(context -> {
            assertThat(context.getBeanDefinitionNames()).containsAll(without.get());
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> !without.get().contains(name))
                    .containsExactlyInAnyOrder(
                            "kvStore",
                            "kvStorePurgeScheduling",
                            "kvstore-dev.kvstore.autoconfigure.KvStoreProperties",
                            "dev.kvstore.autoconfigure.KvStoreAutoConfiguration");
        });
    }

    @Test
    void noBeanIsAddedWhenTheStoreIsDisabled() {
        host.withPropertyValues("kvstore.enabled=false").run(context -> {
            assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("kvstore"));
            assertThat(directory).isEmptyDirectory();
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {JdbcTemplate.class, SQLiteDataSource.class, Flyway.class, TemplateEngine.class})
    void noBeanIsAddedWhenALibraryIsMissing(Class<?> missing) {
        host.withClassLoader(new FilteredClassLoader(missing.getPackageName())).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("kvstore"));
            assertThat(directory).isEmptyDirectory();
        });
    }

    @Test
    void aStoreOfTheHostReplacesItAndNoFileIsCreated() {
        host.withUserConfiguration(HostStore.class).run(context -> {
            assertThat(context).hasSingleBean(KvStore.class).hasBean("hostStore");
            assertThat(context).doesNotHaveBean("kvStore").hasBean("kvStorePurgeScheduling");
            assertThat(directory).isEmptyDirectory();
        });
    }

    @Test
    void aBeanOfTheHostReplacesThePurge() {
        host.withBean("kvStorePurgeScheduling", String.class, () -> "the host's own")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(KvStorePurgeScheduling.class);
                    await().until(() -> Hosts.purgeThreads().isEmpty());
                });
    }

    @Test
    void aChildContextUsesTheStoreOfItsParent() {
        host.run(parent -> host.withParent(parent).run(child -> {
            assertThat(child).hasNotFailed();
            assertThat(child.getBeanDefinitionNames()).doesNotContain("kvStore", "kvStorePurgeScheduling");
            assertThat(child.getBean(KvStore.class)).isSameAs(parent.getBean(KvStore.class));
        }));
    }

    @Test
    void theStoreIsClosedWithTheContext() {
        AtomicReference<KvStore> store = new AtomicReference<>();
        host.run(context -> store.set(context.getBean(KvStore.class)));
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> store.get().count("group"));
        assertThat(data.toFile().list()).containsExactly("kvstore.db");
    }

    @Test
    void theStoreIsClosedWhenTheRefreshFails() {
        AtomicReference<KvStore> store = new AtomicReference<>();
        host.withBean(FailingHost.class, () -> new FailingHost(store))
                .run(context -> assertThat(context).hasFailed());
        assertThatExceptionOfType(KvClosedException.class)
                .isThrownBy(() -> store.get().count("group"));
        assertThat(data.toFile().list()).containsExactly("kvstore.db");
        await().until(() -> Hosts.purgeThreads().isEmpty());
    }

    @Test
    void theStoreIsOpenBeforeALazyContextIsReady() {
        host.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context.getBeanFactory().containsSingleton("kvStore"))
                            .isTrue();
                    assertThat(Files.exists(file)).isTrue();
                    assertThat(context.getBean(KvStorePurgeScheduling.class).isRunning())
                            .isTrue();
                });
    }

    @Test
    void aHostCanAdviseEveryBeanIncludingTheStore() {
        host.withUserConfiguration(AdviceOnEveryBean.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(KvStore.class).set("group", "key", Secrets.VALUE);
        });
    }

    /** Fails after all beans have been started. */
    record FailingHost(AtomicReference<KvStore> store) implements ApplicationListener<ContextRefreshedEvent> {

        @Override
        public void onApplicationEvent(ContextRefreshedEvent event) {
            store.set(event.getApplicationContext().getBean(KvStore.class));
            assertThat(Hosts.purgeThreads()).isNotEmpty();
            throw new IllegalStateException("the host does not start");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HostStore {

        @Bean
        SqliteKvStore hostStore() {
            return SqliteKvStore.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AdviceOnEveryBean {

        @Bean
        static BeanNameAutoProxyCreator autoProxyCreator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setProxyTargetClass(true);
            creator.setBeanNames("kvStore");
            creator.setInterceptorNames("advice");
            return creator;
        }

        @Bean
        static DebugInterceptor advice() {
            return new DebugInterceptor();
        }
    }
}
