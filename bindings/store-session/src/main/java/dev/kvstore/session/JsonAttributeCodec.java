package dev.kvstore.session;

import java.util.Collection;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * JSON by Jackson 3, with the name of the class where the value alone does not tell it. Only classes that are trusted
 * are read: those of the application, of Java's collections, times and numbers, and of Spring Security.
 */
final class JsonAttributeCodec implements AttributeCodec {

    private static final String SPRING_SECURITY = "org.springframework.security.jackson.SecurityJacksonModules";

    private final JsonMapper mapper;

    /**
     * Creates a codec.
     *
     * @param trustedPackages of the application's classes, with their subpackages
     */
    JsonAttributeCodec(ClassLoader loader, Collection<String> trustedPackages) {
        BasicPolymorphicTypeValidator.Builder trusted = BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("java.util.")
                .allowIfSubType("java.time.")
                .allowIfSubType(Number.class)
                .allowIfSubType(Character.class)
                .allowIfSubTypeIsArray();
        trustedPackages.forEach(name -> trusted.allowIfSubType(name + "."));
        JsonMapper.Builder builder = JsonMapper.builder();
        builder.typeFactory(builder.typeFactory().withClassLoader(loader));
        if (ClassUtils.isPresent(SPRING_SECURITY, loader)) {
            builder.addModules(SecurityJacksonModules.getModules(loader, trusted));
        } else {
            builder.activateDefaultTyping(trusted.build(), DefaultTyping.NON_FINAL);
        }
        this.mapper = builder.build();
    }

    @Override
    public byte[] encode(Object value) {
        return mapper.writerFor(Object.class).writeValueAsBytes(value);
    }

    @Override
    public Object decode(byte[] bytes) {
        return mapper.readValue(bytes, Object.class);
    }
}
