package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kvstore.KvStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Values that are stored as JSON, by the store's mapper or that of the application. */
class JsonMapperOfHostTest {

    private static final JsonMapper SNAKE_CASE = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @TempDir
    Path directory;

    record Profile(String firstName) {}

    private ApplicationContextRunner host() {
        return Hosts.withStoreIn(directory.resolve("kvstore.db")).withBean("one", JsonMapper.class, () -> SNAKE_CASE);
    }

    @Test
    void theFormatOfStoredValuesDoesNotDependOnTheApplication() {
        host().run(context -> assertThat(stored(context.getBean(KvStore.class))).isEqualTo("{\"firstName\":\"Ada\"}"));
    }

    @Test
    void theApplicationCanChooseItsOwnMapper() {
        host().withPropertyValues("kvstore.json.mapper=host")
                .run(context ->
                        assertThat(stored(context.getBean(KvStore.class))).isEqualTo("{\"first_name\":\"Ada\"}"));
    }

    private static String stored(KvStore kv) {
        kv.group("profiles", Profile.class).set("ada", new Profile("Ada"));
        assertThat(kv.group("profiles", Profile.class).get("ada")).contains(new Profile("Ada"));
        return kv.require("profiles", "ada");
    }

    @Test
    void theErrorForSeveralMappersSaysWhatToChange() {
        host().withBean("other", JsonMapper.class, JsonMapper::new)
                .withPropertyValues("kvstore.json.mapper=host")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("kvstore.json.mapper"));
    }

    @Test
    void theErrorForAMissingJacksonNamesTheDependency() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() ->
                        JsonMapperOfHost.in(new StaticListableBeanFactory(), new FilteredClassLoader(JsonMapper.class)))
                .satisfies(failure -> assertThat(failure.getReason()).contains("spring-boot-starter-jackson"));
    }
}
