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
 * Provides each test method with its own store and its clock, as parameters of type {@link KvStore} (or
 * {@link SqliteKvStore}) and {@link TestClock}; {@code @BeforeEach} and {@code @AfterEach} methods receive the same
 * ones. After the test the store is closed and its file deleted. If a test fails, a suppressed exception lists the
 * names and lengths of the entries.
 *
 * <p>By default the store is in memory, and its clock stands still at the start of the year 2030. Register the
 * extension with {@code @RegisterExtension} to customize the store.
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

    /** Creates an extension with stores in memory. */
    public KvStoreExtension() {
        this(false, false, UnaryOperator.identity());
    }

    private KvStoreExtension(boolean inFile, boolean showValues, UnaryOperator<SqliteKvStore.Builder> settings) {
        this.inFile = inFile;
        this.showValues = showValues;
        this.settings = settings;
    }

    /** Creates an extension that opens each store in a file in a temporary directory. */
    public static KvStoreExtension inTemporaryFile() {
        return new KvStoreExtension(true, false, UnaryOperator.identity());
    }

    /** Returns an extension with customized stores, such as {@code builder -> builder.maxValueSize(…)}. */
    public KvStoreExtension with(UnaryOperator<SqliteKvStore.Builder> settings) {
        return new KvStoreExtension(inFile, showValues, settings);
    }

    /**
     * Returns an extension that also lists the values when a test fails; they then appear in the reports of the build.
     */
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
