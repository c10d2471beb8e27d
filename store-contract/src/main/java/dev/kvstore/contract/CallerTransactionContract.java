package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvGroup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** No call joins a transaction of the caller: its write is committed when it returns, and no rollback undoes it. */
abstract class CallerTransactionContract extends ContractPart {

    CallerTransactionContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void setAnEntry() {
        group.set("key", "1");
    }

    private static void inTransaction(Consumer<TransactionStatus> work) {
        new TransactionTemplate(new NoDatabase()).executeWithoutResult(work);
    }

    private static void onAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    /** Runs a call in a transaction, and checks that it left nothing in it. */
    private static void assertLeavesNothing(Runnable call) {
        inTransaction(status -> {
            Map<Object, Object> resources = TransactionSynchronizationManager.getResourceMap();
            call.run();

            assertThat(TransactionSynchronizationManager.getResourceMap()).isEqualTo(resources);
            assertThat(TransactionSynchronizationManager.getSynchronizations()).isEmpty();
            assertThat(status.isRollbackOnly()).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> noMethodOfTheStoreLeavesAnythingInTheTransaction() {
        return Calling.each(StoreCalls.all(), call -> {
            setAnEntry();
            assertLeavesNothing(() -> call.on(kv, "group"));
        });
    }

    @TestFactory
    Stream<DynamicTest> noMethodOfAGroupLeavesAnythingInTheTransaction() {
        return Calling.each(GroupCalls.all(), call -> {
            setAnEntry();
            assertLeavesNothing(() -> call.on(group, "key"));
        });
    }

    @TestFactory
    Stream<DynamicTest> noMethodOfAMapLeavesAnythingInTheTransaction() {
        return Calling.each(MapCalls.all(), call -> {
            setAnEntry();
            assertLeavesNothing(() -> call.on(group.asMap(), "key"));
        });
    }

    @Test
    void aRollbackOfTheCallerUndoesNoWrite() {
        KvGroup<Long> counters = kv.group("counters", Long.class);
        inTransaction(status -> {
            group.set("set", VALUE);
            group.delete("key");
            counters.increment("key", 1);
            kv.batch().set(group, "batch", VALUE).increment(counters, "key", 1).commit();
            kv.batch().check(group, "absent", 1).set(group, "unmet", VALUE).commit();
            status.setRollbackOnly();
        });

        assertThat(group.getAll()).isEqualTo(Map.of("set", VALUE, "batch", VALUE));
        assertThat(counters.get("key")).contains(2L);
    }

    @Test
    void othersSeeAWriteWhileTheTransactionOfTheCallerIsOpen() {
        inTransaction(status -> {
            group.set("key", "2");
            group.setAll(Map.of("all", VALUE));

            onAnotherThread(() -> assertThat(group.getAll()).isEqualTo(Map.of("key", "2", "all", VALUE)));
        });
    }

    @Test
    void theCallerSeesWhatOthersWriteWhileItsTransactionIsOpen() {
        inTransaction(status -> {
            assertThat(group.get("key")).contains("1");
            assertThat(group.getAll()).hasSize(1);

            // Nothing that the caller read or wrote is locked.
            group.set("key", "2");
            onAnotherThread(() -> group.set("key", "3"));

            assertThat(group.get("key")).contains("3");
            assertThat(group.getAll()).isEqualTo(Map.of("key", "3"));
        });
    }

    /** Transactions as Spring's, without a database: what a caller has open when it uses any other one. */
    private static final class NoDatabase extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
