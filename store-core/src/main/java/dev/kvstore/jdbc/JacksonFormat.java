package dev.kvstore.jdbc;

import dev.kvstore.KvCodec;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.TimeZone;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON by a mapper of Jackson. */
record JacksonFormat(JsonMapper mapper) implements JsonFormat {

    /**
     * Returns the store's own format: no property or bean of the application changes it, so that what is stored stays
     * readable. What matters is set also where it is the default, which Jackson may change.
     */
    static JsonFormat own() {
        JsonMapper.Builder builder = JsonMapper.builder(unbounded());
        readAsWritten(builder);
        acceptOtherVersions(builder);
        fixOrder(builder);
        KotlinJson.addModule(builder);
        return new JacksonFormat(builder.build());
    }

    /** Returns the format of a mapper of the application's. */
    static JsonFormat of(Object jsonMapper) {
        return new JacksonFormat((JsonMapper) jsonMapper);
    }

    /** What can be written, however long, can be read. */
    private static JsonFactory unbounded() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        return JsonFactory.builder().streamReadConstraints(constraints).build();
    }

    /** Times keep their offset and zone. Enums go by name, as {@code toString} is for people. */
    private static void readAsWritten(JsonMapper.Builder builder) {
        builder.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .defaultLocale(Locale.ROOT)
                .defaultTimeZone(TimeZone.getTimeZone("UTC"));
    }

    /**
     * A type may lose properties, and gain some: those that are missing are null, 0 or false. But a number with a
     * fraction is not read as an integer, and an object without properties is not written, as it would be lost.
     */
    private static void acceptOtherVersions(JsonMapper.Builder builder) {
        builder.disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    }

    /** Records have their components, in this order, and nothing else; other properties are sorted. */
    private static void fixOrder(JsonMapper.Builder builder) {
        builder.enable(
                MapperFeature.SORT_PROPERTIES_ALPHABETICALLY,
                MapperFeature.SORT_CREATOR_PROPERTIES_FIRST,
                MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY);
    }

    @Override
    public <V> KvCodec<V> codec(Type type) {
        JavaType resolved = mapper.constructType(type);
        KotlinJson.requireModule(resolved);
        return KvCodec.json(mapper, resolved);
    }
}
