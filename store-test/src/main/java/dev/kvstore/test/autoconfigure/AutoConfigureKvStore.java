package dev.kvstore.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds the store to a slice test, such as {@code @WebMvcTest} or {@code @DataJpaTest}. A test of the whole application,
 * {@code @SpringBootTest}, does not need it. As in every test, the store is in memory unless a property such as
 * {@code kvstore.path} is set, and is emptied before each test method.
 *
 * <pre>{@code
 * @WebMvcTest
 * @AutoConfigureKvStore
 * class VisitsTest {
 *
 *     @Autowired
 *     KvStore kv;
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureKvStore {}
