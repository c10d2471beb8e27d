package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvBatch;
import dev.kvstore.KvGroup;
import dev.kvstore.KvRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An interrupt ends no call, and the thread is still interrupted afterwards. */
abstract class InterruptsContract extends ContractPart {

    InterruptsContract(KvStoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void setAnEntry() {
        group.set("key", "1");
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    /** Runs a call on this thread, which is interrupted, and checks that it still is. */
    private static void interrupted(Runnable call) {
        Thread.currentThread().interrupt();
        try {
            call.run();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfTheStoreIsCompleted() {
        return Calling.each(StoreCalls.all(), call -> {
            setAnEntry();
            interrupted(() -> call.on(kv, "group"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfAGroupIsCompleted() {
        return Calling.each(GroupCalls.all(), call -> {
            setAnEntry();
            interrupted(() -> call.on(group, "key"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyMethodOfAMapIsCompleted() {
        return Calling.each(MapCalls.all(), call -> {
            setAnEntry();
            interrupted(() -> call.on(group.asMap(), "key"));
        });
    }

    @Test
    void whatAnInterruptedThreadWritesIsThere() {
        KvBatch batch = kv.batch().set(group, "batch", "1").increment(kv.group("counters", Long.class), "key", 1);
        interrupted(() -> {
            group.set("large", Values.LARGE);
            assertThat(group.increment("key", 1)).isEqualTo(2);
            assertThat(batch.commit()).isTrue();
            assertThat(group.delete("absent")).isFalse();
        });

        assertThat(group.getAll()).hasSize(3).containsEntry("key", "2").containsEntry("large", Values.LARGE);
    }

    @Test
    void anInterruptedThreadReadsAStreamToItsEnd() {
        group.setAll(IntStream.range(0, 1_500)
                .boxed()
                .collect(Collectors.toMap(number -> "number " + number, number -> Integer.toString(number))));

        interrupted(() -> {
            assertThat(group.entries(KvRange.all())).hasSize(1_501);
            assertThat(group.keys(KvRange.all().reversed())).hasSize(1_501);
            assertThat(group.asMap().keySet()).hasSize(1_501);
        });
    }

    @Test
    void interruptedThreadsThatWaitForOneAnotherAllGoOn() throws Exception {
        int threads = 4;
        int rounds = 20;
        KvGroup<Integer> counters = kv.group("counters", Integer.class);
        try (Callers callers = new Callers()) {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Boolean>> stillInterrupted = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                stillInterrupted.add(callers.submit(() -> {
                    start.await();
                    Thread.currentThread().interrupt();
                    for (int round = 0; round < rounds; round++) {
                        counters.increment("key", 1);
                        counters.get("key");
                    }
                    return Thread.interrupted();
                }));
            }

            assertThat(stillInterrupted).extracting(Future::get).containsOnly(true);
        }
        assertThat(counters.get("key")).contains(threads * rounds);
    }
}
