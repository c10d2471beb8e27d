package dev.kvstore.test.autoconfigure;

import dev.kvstore.autoconfigure.KvStoreAutoConfiguration;
import dev.kvstore.autoconfigure.KvStoreBuilderCustomizer;
import dev.kvstore.autoconfigure.KvStoreClock;
import dev.kvstore.test.TestClock;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration Auto-configuration} for the test clock. It
 * follows the system clock until a test advances it; a clock that the application defines for its store takes
 * precedence.
 *
 * <pre>{@code
 * @SpringBootTest
 * class VisitsTest {
 *
 *     @Autowired
 *     KvStore kv;
 *
 *     @Autowired
 *     TestClock clock;
 * }
 * }</pre>
 *
 * @since 0.1
 */
@AutoConfiguration(before = KvStoreAutoConfiguration.class)
@ConditionalOnClass(KvStoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "kvstore.enabled", matchIfMissing = true)
public final class KvStoreTestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TestClock kvStoreTestClock() {
        return TestClock.running();
    }

    @Bean
    @ConditionalOnMissingBean(name = "kvStoreTestClockCustomizer")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    KvStoreBuilderCustomizer kvStoreTestClockCustomizer(
            TestClock clock, @KvStoreClock ObjectProvider<InstantSource> ofTheApplication) {
        return builder -> {
            if (ofTheApplication.stream().findAny().isEmpty()) {
                builder.clock(clock::instant);
            }
        };
    }
}
