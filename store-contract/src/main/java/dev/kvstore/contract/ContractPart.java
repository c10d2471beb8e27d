package dev.kvstore.contract;

import dev.kvstore.KvStore;
import dev.kvstore.test.TestClock;
import org.junit.jupiter.api.BeforeEach;

/** The tests of one topic, which {@link KvStoreContract} runs on the store that it opens for each of them. */
abstract class ContractPart {

    /** Part of values and templates. */
    static final String VALUE = KvStoreContract.VALUE;

    final KvStoreContract contract;
    final TestClock clock;
    KvStore kv;

    ContractPart(KvStoreContract contract) {
        this.contract = contract;
        this.clock = contract.clock;
    }

    @BeforeEach
    void useTheOpenStore() {
        kv = contract.kv;
    }
}
