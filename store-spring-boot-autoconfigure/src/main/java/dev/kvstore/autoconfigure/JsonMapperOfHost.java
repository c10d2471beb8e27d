package dev.kvstore.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/**
 * The {@code JsonMapper} bean for {@code kvstore.json.mapper=host}; names no class of Jackson, which may be missing.
 */
final class JsonMapperOfHost {

    private static final String JSON_MAPPER = "tools.jackson.databind.json.JsonMapper";

    private JsonMapperOfHost() {}

    /**
     * Returns the bean.
     *
     * @throws InvalidConfigurationPropertyValueException if there is not exactly one candidate
     */
    static Object in(BeanFactory beans, ClassLoader loader) {
        if (!ClassUtils.isPresent(JSON_MAPPER, loader)) {
            throw refused(
                    "Jackson 3 is missing: add the dependency org.springframework.boot:spring-boot-starter-jackson,"
                            + " or remove the property.");
        }
        Object mapper = beans.getBeanProvider(ClassUtils.resolveClassName(JSON_MAPPER, loader))
                .getIfUnique();
        if (mapper == null) {
            throw refused("It needs exactly one bean of the type " + JSON_MAPPER + ", or one that is @Primary."
                    + " spring-boot-starter-jackson configures one.");
        }
        return mapper;
    }

    private static InvalidConfigurationPropertyValueException refused(String reason) {
        return new InvalidConfigurationPropertyValueException("kvstore.json.mapper", "host", reason);
    }
}
