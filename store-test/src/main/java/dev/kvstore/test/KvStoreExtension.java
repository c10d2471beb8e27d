package dev.kvstore.test;

import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives each test method a store of its own, and its clock, as parameters of type {@link KvStore} (or
 * {@link SqliteKvStore}) and {@link TestClock}; the methods before and after each test get the same ones. After the test
 * the store is closed and its file deleted. When a test fails, the names and lengths of the entries are told with the
 * failure, as a suppressed exception.
 *
 * <p>The store is in memory and its clock stands still at the start of the year 2030. With {@code @RegisterExtension} both
 * can be chosen:
 *
 * <pre>{@code
 * @ExtendWith(KvStoreExtension.class)
 * class SessionsTest {
 *
 *     @Test
 *     void aSessionIsKept(KvStore kv) {
 *         kv.set("sessions", "token", "ada");
 *         assertThat(kv.get("sessions", "token")).contains("ada");
 *     }
 * }
 * }</pre>
 *
 * <p>For JUnit 5 and 6.
 *
 * @since 0.1
 */
public final class KvStoreExtension implements ParameterResolver, TestExecutionExceptionHandler, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(KvStoreExtension.class);
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final boolean inFile;
    private final boolean showValues;
    private final UnaryOperator<SqliteKvStore.Builder> settings;

    /** An extension with stores in memory. */
    public KvStoreExtension() {
        this(false, false, UnaryOperator.identity());
    }

    private KvStoreExtension(boolean inFile, boolean showValues, UnaryOperator<SqliteKvStore.Builder> settings) {
        this.inFile = inFile;
        this.showValues = showValues;
        this.settings = settings;
    }

    /** An extension whose stores are each in a file in a temporary directory. */
    public static KvStoreExtension inTemporaryFile() {
        return new KvStoreExtension(true, false, UnaryOperator.identity());
    }

    /** The same with other settings of the stores, such as {@code builder -> builder.maxValueSize(…)}. */
    public KvStoreExtension with(UnaryOperator<SqliteKvStore.Builder> settings) {
        return new KvStoreExtension(inFile, showValues, settings);
    }

    /** The same, but a failure tells the values as well, which then stand in the reports of the build. */
    public KvStoreExtension showingValues() {
        return new KvStoreExtension(inFile, true, settings);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == KvStore.class || type == SqliteKvStore.class || type == TestClock.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        StoreOfTest test = existing(context);
        if (test == null) {
            test = StoreOfTest.open(inFile, TestClock.standingAt(START), settings);
            context.getStore(NAMESPACE).put(StoreOfTest.class, test);
        }
        return parameter.getParameter().getType() == TestClock.class ? test.clock() : test.store();
    }

    private static @Nullable StoreOfTest existing(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(StoreOfTest.class, StoreOfTest.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        StoreOfTest test = existing(context);
        if (test != null) {
            failure.addSuppressed(StoredEntries.of(test.store(), showValues));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        StoreOfTest test = context.getStore(NAMESPACE).remove(StoreOfTest.class, StoreOfTest.class);
        if (test != null) {
            test.close();
        }
    }
}
