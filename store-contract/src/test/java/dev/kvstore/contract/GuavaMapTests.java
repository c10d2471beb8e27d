package dev.kvstore.contract;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.CollectionToStringTester;
import com.google.common.collect.testing.testers.MapToStringTester;
import dev.kvstore.KvStore;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;

/** Guava's tests of concurrent maps, for the view of a group as a map. */
public final class GuavaMapTests {

    private GuavaMapTests() {}

    /** Returns the tests; the store must stay open until the last one has run. */
    public static Stream<DynamicNode> of(KvStore kv) {
        TestSuite suite = ConcurrentMapTestSuiteBuilder.using(new Groups(kv))
                .named("asMap")
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.KNOWN_ORDER)
                // Texts of maps name the group instead of the entries, because values must not appear in a log.
                .suppressing(testsOf(MapToStringTester.class, CollectionToStringTester.class))
                .createTestSuite();
        return nodes(suite);
    }

    private static List<Method> testsOf(Class<?>... testers) {
        return Arrays.stream(testers)
                .flatMap(tester -> Arrays.stream(tester.getMethods()))
                .filter(method -> method.getName().startsWith("test"))
                .toList();
    }

    @SuppressWarnings("JdkObsolete") // Guava's suites are of JUnit 3.
    private static Stream<DynamicNode> nodes(TestSuite suite) {
        return Collections.list(suite.tests()).stream()
                .map(test -> test instanceof TestSuite part
                        ? dynamicContainer(part.getName(), nodes(part))
                        : dynamicTest(test.toString(), ((TestCase) test)::runBare));
    }

    /** Each map is one of a new group, whose keys are in the order of their bytes. */
    private static final class Groups extends TestStringMapGenerator {

        private final KvStore kv;
        private int groups;

        Groups(KvStore kv) {
            this.kv = kv;
        }

        @Override
        protected Map<String, String> create(Entry<String, String>[] entries) {
            Map<String, String> map = kv.group("group " + groups++).asMap();
            for (Entry<String, String> entry : entries) {
                map.put(entry.getKey(), entry.getValue());
            }
            return map;
        }

        @Override
        public Iterable<Entry<String, String>> order(List<Entry<String, String>> insertionOrder) {
            return insertionOrder.stream()
                    .sorted(Comparator.comparing(Entry::getKey))
                    .toList();
        }
    }
}
