package dev.kvstore.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifier for the {@link java.time.InstantSource} bean that is the clock of the auto-configured store. The store
 * ignores beans without it: a clock that the application moves for its own purposes would expire entries.
 *
 * <pre>{@code
 * @Bean
 * @KvStoreClock
 * InstantSource storeClock() {
 *     return InstantSource.system();
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface KvStoreClock {}
