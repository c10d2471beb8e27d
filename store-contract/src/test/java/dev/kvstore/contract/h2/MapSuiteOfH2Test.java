package dev.kvstore.contract.h2;

import dev.kvstore.Heavy;
import dev.kvstore.contract.GuavaMapTests;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The view of a group as a map passes Guava's tests on another database, too. */
@Heavy
class MapSuiteOfH2Test {

    private static final H2KvStore STORE = new H2KvStore(InstantSource.system(), null);

    @AfterAll
    static void close() {
        STORE.close();
    }

    @TestFactory
    Stream<DynamicNode> onH2() {
        return GuavaMapTests.of(STORE);
    }
}
