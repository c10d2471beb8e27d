package dev.kvstore.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvBatch;
import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import dev.kvstore.sqlite.SqliteKvStore;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The endpoint of the actuator. */
class KvStoreEndpointTest {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=kvstore";

    @TempDir
    Path directory;

    private ApplicationContextRunner host;

    @BeforeEach
    void configure() {
        host = Monitored.withStoreIn(directory.resolve("kvstore.db")).withPropertyValues(EXPOSED);
    }

    private static SecurityContext caller(String role) {
        return new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return () -> "ada";
            }

            @Override
            public boolean isUserInRole(String asked) {
                return asked.equals(role);
            }
        };
    }

    private void withEntries(KvStore store) {
        store.set("settings", "greeting", Secrets.VALUE);
        store.set("settings", "a/b/c", "slashes", Duration.ofHours(1));
        store.set("session:index", "id", "hidden");
        store.set("security:series", "id", "hidden");
    }

    @Test
    void groupsHaveNumbersAndThoseOfBindingsAreHidden() {
        host.run(context -> {
            withEntries(context.getBean(KvStore.class));
            KvStoreEndpoint.Groups groups =
                    context.getBean(KvStoreEndpoint.class).groups(null);
            assertThat(groups.groups()).containsExactly(new KvStoreEndpoint.Group("settings", 2));
            assertThat(groups.more()).isFalse();
            assertThat(context.getBean(KvStoreEndpoint.class).groups("set").groups())
                    .hasSize(1);
            assertThat(context.getBean(KvStoreEndpoint.class).groups("x").groups())
                    .isEmpty();
        });
    }

    @Test
    void veryManyGroupsAreNotListedAll() {
        host.withPropertyValues("kvstore.durability=normal").run(context -> {
            KvStore store = context.getBean(KvStore.class);
            KvBatch batch = store.batch();
            for (int i = 0; i <= KvStoreEndpoint.MOST_GROUPS; i++) {
                batch.set(store.group("group" + i), "key", "value");
            }
            batch.commit();
            KvStoreEndpoint.Groups groups =
                    context.getBean(KvStoreEndpoint.class).groups(null);
            assertThat(groups.groups()).hasSize(KvStoreEndpoint.MOST_GROUPS);
            assertThat(groups.more()).isTrue();
        });
    }

    @Test
    void entriesHaveMetadataAndNoValues() {
        host.run(context -> {
            withEntries(context.getBean(KvStore.class));
            KvStoreEndpoint.Entries entries = Objects.requireNonNull(
                    context.getBean(KvStoreEndpoint.class).entries("settings", null, null));
            assertThat(entries.entries()).extracting(KvStoreEndpoint.Entry::key).containsExactly("a/b/c", "greeting");
            assertThat(entries.entries())
                    .extracting(KvStoreEndpoint.Entry::value)
                    .containsOnly("******");
            assertThat(entries.entries().get(0).expiresAt()).isNotNull();
            assertThat(entries.entries().get(1).expiresAt()).isNull();
            assertThat(entries.entries()).allMatch(entry -> entry.version() > 0);
            assertThat(entries.nextAfter()).isNull();
        });
    }

    @Test
    void pagesFollowOneAnother() {
        host.run(context -> {
            withEntries(context.getBean(KvStore.class));
            KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
            KvStoreEndpoint.Entries first = Objects.requireNonNull(endpoint.entries("settings", null, 1));
            assertThat(first.nextAfter()).isEqualTo("a/b/c");
            KvStoreEndpoint.Entries last = Objects.requireNonNull(endpoint.entries("settings", first.nextAfter(), 1));
            assertThat(last.entries()).extracting(KvStoreEndpoint.Entry::key).containsExactly("greeting");
            assertThat(last.nextAfter()).isNull();
        });
    }

    @Test
    void aKeyMayContainSlashes() {
        host.run(context -> {
            withEntries(context.getBean(KvStore.class));
            assertThat(Objects.requireNonNull(
                                    context.getBean(KvStoreEndpoint.class).entry("settings", "a", "b", "c"))
                            .key())
                    .isEqualTo("a/b/c");
        });
    }

    @Test
    void whatIsAbsentOrHiddenIsNotFound() {
        host.run(context -> {
            withEntries(context.getBean(KvStore.class));
            KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
            assertThat(endpoint.entries("none", null, null)).isNull();
            assertThat(endpoint.entry("settings", "none")).isNull();
            assertThat(endpoint.entries("session:index", null, null)).isNull();
            assertThat(endpoint.entry("session:index", "id")).isNull();
        });
    }

    @Test
    void theHiddenGroupsCanBeChosen() {
        host.withPropertyValues("management.endpoint.kvstore.hidden-groups=sett")
                .run(context -> {
                    withEntries(context.getBean(KvStore.class));
                    assertThat(context.getBean(KvStoreEndpoint.class)
                                    .groups(null)
                                    .groups())
                            .extracting(KvStoreEndpoint.Group::name)
                            .containsExactly("security:series", "session:index");
                });
    }

    @Test
    void valuesAreShownOnRequestAndThroughTheSanitizersOfTheHost() {
        host.withPropertyValues("management.endpoint.kvstore.show-values=always")
                .withBean(
                        SanitizingFunction.class,
                        () -> data -> data.getKey().equals("settings.a/b/c") ? data.withSanitizedValue() : data)
                .run(context -> {
                    withEntries(context.getBean(KvStore.class));
                    KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
                    assertThat(Objects.requireNonNull(endpoint.entry("settings", "greeting"))
                                    .value())
                            .isEqualTo(Secrets.VALUE);
                    assertThat(Objects.requireNonNull(endpoint.entry("settings", "a", "b", "c"))
                                    .value())
                            .isEqualTo("******");
                });
    }

    @Test
    void valuesMayDependOnWhoAsks() {
        host.withPropertyValues(
                        "management.endpoint.kvstore.show-values=when-authorized",
                        "management.endpoint.kvstore.roles=ADMIN")
                .run(context -> {
                    withEntries(context.getBean(KvStore.class));
                    KvStoreEndpointWebExtension endpoint = context.getBean(KvStoreEndpointWebExtension.class);
                    String[] key = {"greeting"};
                    assertThat(Objects.requireNonNull(endpoint.entry(caller("ADMIN"), "settings", key))
                                    .value())
                            .isEqualTo(Secrets.VALUE);
                    assertThat(Objects.requireNonNull(endpoint.entry(caller("USER"), "settings", key))
                                    .value())
                            .isEqualTo("******");
                    assertThat(Objects.requireNonNull(endpoint.entries(caller("USER"), "settings", null, null))
                                    .entries())
                            .extracting(KvStoreEndpoint.Entry::value)
                            .containsOnly("******");
                });
    }

    @Test
    void bytesAreShownByTheirLength() {
        host.withPropertyValues("management.endpoint.kvstore.show-values=always")
                .run(context -> {
                    KvStore store = context.getBean(KvStore.class);
                    store.group("mixed", byte[].class).set("bytes", new byte[] {1, 2, 3});
                    store.set("mixed", "text", "a text");
                    store.set("mixed", "third", "a text");
                    KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
                    KvStoreEndpoint.Entries page = Objects.requireNonNull(endpoint.entries("mixed", null, 2));
                    assertThat(page.entries())
                            .extracting(KvStoreEndpoint.Entry::value)
                            .containsExactly("3 bytes", "a text");
                    assertThat(page.nextAfter()).isEqualTo("text");
                });
    }

    @Test
    void badRequestsAreRefused() {
        host.run(context -> {
            KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
            for (Runnable request : new Runnable[] {
                () -> endpoint.entries("group", null, 0),
                () -> endpoint.entries("group", null, KvStoreEndpoint.MOST_ENTRIES + 1),
                () -> endpoint.entries("\0", null, null),
                () -> endpoint.groups("\0")
            }) {
                assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(request::run);
            }
        });
    }

    @Test
    void aPurgeAndACheckpointCanBeAskedFor() {
        host.run(context -> {
            context.getBean(KvStore.class).set("group", "key", "v".repeat(100_000));
            KvStoreEndpoint endpoint = context.getBean(KvStoreEndpoint.class);
            assertThat(endpoint.run(KvStoreEndpoint.Action.PURGE)).isEqualTo(new KvStoreEndpoint.Done(0L, null));
            assertThat(endpoint.run(KvStoreEndpoint.Action.CHECKPOINT)).isEqualTo(new KvStoreEndpoint.Done(null, 0L));
        });
    }

    @Test
    void aStoreOfTheHostHasNoCheckpoint() {
        host.withBean("ofTheHost", KvStore.class, SqliteKvStore::inMemory)
                .run(context -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
                        .isThrownBy(
                                () -> context.getBean(KvStoreEndpoint.class).run(KvStoreEndpoint.Action.CHECKPOINT)));
    }

    @Test
    void itIsThereOnlyIfExposed() {
        Monitored.withStoreIn(directory.resolve("kvstore.db"))
                .run(context -> assertThat(context).doesNotHaveBean(KvStoreEndpoint.class));
        host.withPropertyValues("management.endpoint.kvstore.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(KvStoreEndpoint.class));
        host.withPropertyValues("kvstore.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(KvStoreEndpoint.class));
    }
}
