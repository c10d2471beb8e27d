package dev.kvstore.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An operation neither joins an open transaction of the caller nor waits for it, also on the caller's own database. */
class HostTransactionTest extends StoreTest {

    private static TransactionTemplate transaction(SingleConnectionDataSource host) {
        return new TransactionTemplate(new DataSourceTransactionManager(host));
    }

    private static SingleConnectionDataSource host() {
        try {
            return new SingleConnectionDataSource(PostgresServer.shared().connect(EmptySchemas.DATABASE), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOperationRegistersNothingInTheTransactionOfTheCaller() {
        try (SingleConnectionDataSource host = host()) {
            transaction(host).executeWithoutResult(status -> {
                var resources = TransactionSynchronizationManager.getResourceMap();
                kv.set("group", "key", "value");
                kv.group("group").setIfAbsent("other", "value");
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
    void aRollbackOfTheCallerDoesNotUndoASet() {
        try (SingleConnectionDataSource host = host()) {
            transaction(host).executeWithoutResult(status -> {
                kv.set("group", "key", "value");
                status.setRollbackOnly();
            });
        }
        assertThat(kv.get("group", "key")).contains("value");
    }

    @Test
    void theTimeoutOfTheCallerIsNotThatOfAWrite() throws Exception {
        try (SingleConnectionDataSource host = host()) {
            TransactionTemplate transaction = transaction(host);
            transaction.setTimeout(1);
            kv.set("group", "key", "before");
            transaction.executeWithoutResult(status -> kv.set("group", "key", "value"));
        }
        assertThat(kv.get("group", "key")).contains("value");
    }

    @Test
    void moreTransactionsThanConnectionsAllWrite() {
        int callers = 8;
        CyclicBarrier allBegan = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (PostgresKvStore small = builder().poolSize(2).build()) {
            List<CompletableFuture<Void>> all = IntStream.range(0, callers)
                    .mapToObj(caller -> CompletableFuture.runAsync(
                            () -> {
                                try (SingleConnectionDataSource host = host()) {
                                    transaction(host).executeWithoutResult(status -> {
                                        await(allBegan);
                                        small.set("group", "key " + caller, "value");
                                        await(allBegan);
                                    });
                                }
                            },
                            threads))
                    .toList();
            all.forEach(CompletableFuture::join);
            assertThat(small.count("group")).isEqualTo(callers);
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
