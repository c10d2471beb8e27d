package dev.kvstore.jdbc;

import org.springframework.beans.BeanUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Classes of Kotlin in JSON. Only Jackson's module for Kotlin knows their constructors and default values; without it a
 * property such as {@code isPaid} would be written by one name and read by another, and be lost in silence.
 */
final class KotlinJson {

    private static final String MODULE = "tools.jackson.module.kotlin.KotlinModule";
    private static final ClassLoader LOADER = KotlinJson.class.getClassLoader();

    private KotlinJson() {}

    private static boolean isModulePresent() {
        return KotlinDetector.isKotlinPresent() && ClassUtils.isPresent(MODULE, LOADER);
    }

    /** Adds the module if it is there; it changes nothing for other classes. */
    static void addModule(JsonMapper.Builder builder) {
        if (isModulePresent()) {
            Class<?> module = ClassUtils.resolveClassName(MODULE, LOADER);
            builder.addModule((JacksonModule) BeanUtils.instantiateClass(module));
        }
    }

    /**
     * Refuses a type of Kotlin, or a generic type that contains one, while the module is missing.
     *
     * @throws IllegalStateException if it is missing
     */
    static void requireModule(JavaType type) {
        if (KotlinDetector.isKotlinType(type.getRawClass()) && !isModulePresent()) {
            throw new IllegalStateException(
                    "Values of " + type.getRawClass().getName() + ", a class of Kotlin, are stored as"
                            + " JSON, and the module of Jackson 3 for Kotlin is missing: add the dependency"
                            + " tools.jackson.module:jackson-module-kotlin, or use a KvCodec");
        }
        for (int i = 0; i < type.containedTypeCount(); i++) {
            requireModule(type.containedType(i));
        }
    }
}
