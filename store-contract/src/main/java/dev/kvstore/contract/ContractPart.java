package dev.kvstore.contract;

import dev.kvstore.KvGroup;
import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** The tests of one topic, which {@link KvStoreContract} runs on the store that it opens for each of them. */
abstract class ContractPart {

    /** Part of values and templates. */
    static final String VALUE = KvStoreContract.VALUE;

    static final Duration MINUTE = Duration.ofMinutes(1);

    final KvStoreContract contract;
    final TestClock clock;
    KvStore kv;

    /** A view of the text in the group "group". */
    KvGroup<String> group;

    ContractPart(KvStoreContract contract) {
        this.contract = contract;
        this.clock = contract.clock;
    }

    @BeforeEach
    void useTheOpenStore() {
        kv = contract.kv;
        group = kv.group("group");
    }

    static long version(KvGroup<?> group) {
        return group.entry("key").orElseThrow().version();
    }
}
