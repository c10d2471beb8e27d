package com.example.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.support.TransactionSynchronizationManager.getResourceMap;
import static org.springframework.transaction.support.TransactionSynchronizationManager.getSynchronizations;

import dev.kvstore.KvStore;
import dev.kvstore.secrets.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionTemplate;

/** The store within transactions of the host; it has one connection for reads and one for writes. */
class HostileHostTransactionTest {

    @TempDir
    static Path directory;

    private static Host host;
    private static KvStore store;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        host = Host.with(directory.resolve("kvstore.db"));
        store = host.bean(KvStore.class);
        transaction = new TransactionTemplate(host.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void nothingIsBoundToTheTransaction() {
        transaction.executeWithoutResult(status -> {
            host.bean(Customers.class).count();
            Map<Object, Object> resources = getResourceMap();
            List<TransactionSynchronization> synchronizations = getSynchronizations();
            useEveryOperation();
            assertThat(getResourceMap()).isEqualTo(resources);
            assertThat(getSynchronizations()).isEqualTo(synchronizations);
        });
    }

    @Test
    void noConnectionIsHeldSoThatOtherThreadsCanUseThemAll() {
        transaction.executeWithoutResult(status -> {
            useEveryOperation();
            for (int i = 0; i < 5; i++) {
                CompletableFuture<Optional<String>> other = CompletableFuture.supplyAsync(() -> {
                    store.set("other", "key", Secrets.VALUE);
                    return store.get("other", "key");
                });
                assertThat(other.orTimeout(5, TimeUnit.SECONDS).join()).contains(Secrets.VALUE);
            }
        });
    }

    @Test
    void aRollbackOfTheHostDoesNotUndoASet() {
        long before = host.bean(Customers.class).count();
        transaction.executeWithoutResult(status -> {
            host.bean(Customers.class).save(new Customer("undone"));
            store.set("rollback", "key", "stays");
            status.setRollbackOnly();
        });
        assertThat(store.get("rollback", "key")).contains("stays");
        assertThat(host.bean(Customers.class).count()).isEqualTo(before);
    }

    @Test
    void aReadSeesValuesSetWithinTheSameTransaction() {
        transaction.executeWithoutResult(status -> {
            store.set("own", "key", "one");
            assertThat(store.get("own", "key")).contains("one");
            store.set("own", "key", "two");
            assertThat(store.get("own", "key")).contains("two");
        });
    }

    private static void useEveryOperation() {
        for (int i = 0; i < 5; i++) {
            store.set("group", "key", Secrets.VALUE);
            store.set("group", "other", Secrets.VALUE, Duration.ofDays(1));
            store.get("group", "key");
            store.require("group", "key");
            store.count("group");
            store.getAll("group");
            store.render("text", "group");
            store.delete("group", "key");
            store.deleteGroup("group");
            store.purgeExpired();
        }
    }
}
