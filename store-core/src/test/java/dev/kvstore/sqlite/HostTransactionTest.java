package dev.kvstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An operation neither joins an open transaction of the caller nor waits for it. */
class HostTransactionTest {

    @TempDir
    Path directory;

    @Test
    void anOperationRegistersNothingInTheTransactionOfTheCaller() throws Exception {
        try (SqliteKvStore kv = oneReader();
                SingleConnectionDataSource host = hostDatabase()) {
            new TransactionTemplate(new DataSourceTransactionManager(host)).executeWithoutResult(status -> {
                var resources = TransactionSynchronizationManager.getResourceMap();
                kv.set("group", "key", "value");
                kv.get("group", "key");
                kv.getAll("group");
                kv.deleteGroup("group");

                assertThat(TransactionSynchronizationManager.getResourceMap()).isEqualTo(resources);
                assertThat(TransactionSynchronizationManager.getSynchronizations())
                        .isEmpty();
            });
        }
    }

    @Test
    void aCallerInATransactionHoldsNoConnectionOfTheStore() throws Exception {
        try (SqliteKvStore kv = oneReader();
                SingleConnectionDataSource host = hostDatabase()) {
            new TransactionTemplate(new DataSourceTransactionManager(host)).executeWithoutResult(status -> {
                kv.set("group", "key", "value");
                kv.get("group", "key");

                // Another thread can use the only reader and the only writer.
                CompletableFuture.runAsync(() -> {
                            assertThat(kv.get("group", "key")).contains("value");
                            kv.set("group", "key", "from another thread");
                        })
                        .join();

                assertThat(kv.get("group", "key")).contains("from another thread");
            });
        }
    }

    @Test
    void aRollbackOfTheCallerDoesNotUndoASet() throws Exception {
        try (SqliteKvStore kv = oneReader();
                SingleConnectionDataSource host = hostDatabase()) {
            new TransactionTemplate(new DataSourceTransactionManager(host)).executeWithoutResult(status -> {
                kv.set("group", "key", "value");
                status.setRollbackOnly();
            });

            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Test
    void aStoreInMemoryIgnoresTheTransactionOfTheCallerAsWell() throws Exception {
        try (SqliteKvStore kv = SqliteKvStore.inMemory();
                SingleConnectionDataSource host = hostDatabase()) {
            new TransactionTemplate(new DataSourceTransactionManager(host)).executeWithoutResult(status -> {
                kv.set("group", "key", "value");
                CompletableFuture.runAsync(() -> kv.set("group", "key", "from another thread"))
                        .join();
                status.setRollbackOnly();
            });

            assertThat(kv.get("group", "key")).contains("from another thread");
        }
    }

    private SqliteKvStore oneReader() {
        return SqliteKvStore.builder()
                .file(directory.resolve("kvstore.db"))
                .readers(1)
                .build();
    }

    private SingleConnectionDataSource hostDatabase() throws Exception {
        return new SingleConnectionDataSource(
                DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("host.db")), true);
    }
}
