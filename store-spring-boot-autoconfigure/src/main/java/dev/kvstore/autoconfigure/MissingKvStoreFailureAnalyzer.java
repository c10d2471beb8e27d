package dev.kvstore.autoconfigure;

import dev.kvstore.KvStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Explains why there is no store to inject; Spring Boot's own analysis only suggests to define a bean of that type.
 */
@Order(0)
final class MissingKvStoreFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String JDBC = "org.springframework.jdbc.core.JdbcTemplate";
    private static final String DRIVER = "org.sqlite.SQLiteDataSource";
    private static final String FLYWAY = "org.flywaydb.core.Flyway";
    private static final String THYMELEAF = "org.thymeleaf.TemplateEngine";

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;

    MissingKvStoreFailureAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = (ConfigurableListableBeanFactory) beans;
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String injectionPoint) {
        Class<?> type = cause.getBeanType();
        if (type == null || !KvStore.class.isAssignableFrom(type) || cause instanceof NoUniqueBeanDefinitionException) {
            return null;
        }
        String consumer = injectionPoint == null ? "The application" : injectionPoint;
        Reason reason = reason();
        if (reason == null) {
            return null;
        }
        return new FailureAnalysis(
                "%s required a bean of type '%s' that could not be found: %s."
                        .formatted(consumer, type.getName(), reason.problem()),
                reason.action(),
                cause);
    }

    private record Reason(String problem, String action) {}

    // The condition evaluation report is of no use here: it is a bean, and destroyed when the context fails.
    private @Nullable Reason reason() {
        String enabled = environment.getProperty("kvstore.enabled");
        if (enabled != null && !enabled.equalsIgnoreCase("true")) {
            return new Reason(
                    "the property 'kvstore.enabled' is '" + enabled + "'",
                    "Set 'kvstore.enabled' to true or remove it, or inject an ObjectProvider<KvStore> if the"
                            + " application should start without a store.");
        }
        if (beans.containsBeanDefinition(KvStoreAutoConfiguration.class.getName())) {
            return null;
        }
        for (String required : List.of(JDBC, DRIVER, FLYWAY, THYMELEAF)) {
            if (!ClassUtils.isPresent(required, beans.getBeanClassLoader())) {
                return new Reason(
                        "the class '" + required + "', which the store needs, is missing from the class path",
                        "Add the dependency dev.kvstore:store-spring-boot-starter, without exclusions.");
            }
        }
        return new Reason(
                "the auto-configuration of the store is not active in this context",
                "In a slice test, such as @WebMvcTest or @DataJpaTest, annotate the test class with"
                        + " @AutoConfigureKvStore of dev.kvstore:store-test, or declare a bean. Elsewhere, annotate the"
                        + " application with @EnableAutoConfiguration or @SpringBootApplication, and do not exclude "
                        + KvStoreAutoConfiguration.class.getName() + ".");
    }
}
