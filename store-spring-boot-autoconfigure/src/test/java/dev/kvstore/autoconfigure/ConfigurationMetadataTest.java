package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTest {

    private static final List<Object> WITHOUT_DEFAULT = List.of(
            "kvstore.readers",
            "management.endpoint.kvstore.roles",
            "kvstore.url",
            "kvstore.username",
            "kvstore.password",
            "kvstore.postgresql.migration-url");

    @Test
    void everyPropertyHasADescriptionAndADefault() throws IOException {
        assertThat(entries("properties"))
                .filteredOn(property -> !property.containsKey("deprecation"))
                .hasSize(36)
                .allSatisfy(property ->
                        assertThat((String) property.get("description")).matches("(?s)[A-Z].*\\."))
                .filteredOn(property -> !WITHOUT_DEFAULT.contains(property.get("name")))
                .allSatisfy(property -> assertThat(property).containsKey("defaultValue"));
    }

    @Test
    void anOldNameIsAnErrorThatNamesTheNewOne() throws IOException {
        List<Object> names = entries("properties").stream()
                .map(property -> property.get("name"))
                .toList();
        assertThat(entries("properties"))
                .filteredOn(property -> property.containsKey("deprecation"))
                .extracting(property -> property.get("name"))
                .containsExactlyInAnyOrderElementsOf(RenamedProperties.NEW_NAMES.keySet());
        for (Map<String, Object> property : entries("properties")) {
            if (property.get("deprecation") instanceof Map<?, ?> deprecation) {
                assertThat(deprecation.get("level")).isEqualTo("error");
                assertThat(deprecation.get("replacement"))
                        .isEqualTo(RenamedProperties.NEW_NAMES.get(property.get("name")))
                        .isIn(names);
            }
        }
    }

    @Test
    void hintsAreOfPropertiesThatExist() throws IOException {
        List<Object> names = entries("properties").stream()
                .map(property -> property.get("name"))
                .toList();
        assertThat(entries("hints"))
                .isNotEmpty()
                .allSatisfy(hint -> assertThat(names).contains(hint.get("name")));
        assertThat(entries("hints"))
                .extracting(hint -> hint.get("name"))
                .contains("kvstore.path", "kvstore.durability");
    }

    private static List<Map<String, Object>> entries(String kind) throws IOException {
        try (InputStream metadata =
                KvStoreProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonPath.parse(metadata).read("$." + kind);
        }
    }
}
