package dev.kvstore.test.autoconfigure;

import dev.kvstore.jdbc.StoreContents;
import dev.kvstore.sqlite.SqliteKvStore;
import dev.kvstore.test.TestClock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.util.AopTestUtils;

/**
 * Empties the stores in memory and resets the clock before each test method: tests share the context, and would see
 * each other's entries. A store in a file is never emptied.
 */
final class EmptyStoreTestExecutionListener implements TestExecutionListener {

    private static final String PROPERTY = "kvstore.test.empty-before-each-method";

    @Override
    public void beforeTestMethod(TestContext test) {
        if (!test.hasApplicationContext()
                || !(test.getApplicationContext() instanceof ConfigurableApplicationContext context)
                || !context.getEnvironment().getProperty(PROPERTY, Boolean.class, true)) {
            return;
        }
        existing(context.getBeanFactory(), TestClock.class).forEach(TestClock::reset);
        existing(context.getBeanFactory(), SqliteKvStore.class)
                .filter(store -> store.file().isEmpty())
                .forEach(StoreContents::delete);
    }

    // A lazy store that no test has used is not opened.
    private static <T> Stream<T> existing(ConfigurableListableBeanFactory beans, Class<T> type) {
        return Arrays.stream(beans.getSingletonNames())
                .map(beans::getSingleton)
                .filter(bean -> bean != null)
                .map(AopTestUtils::<Object>getUltimateTargetObject)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
