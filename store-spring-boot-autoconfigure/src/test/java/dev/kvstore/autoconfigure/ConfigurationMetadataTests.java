package dev.kvstore.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationMetadataTests {

    @Test
    void everyPropertyHasADescriptionAndADefault() throws IOException {
        assertThat(entries("properties"))
                .hasSize(17)
                .allSatisfy(property ->
                        assertThat((String) property.get("description")).matches("(?s)[A-Z].*\\."))
                .filteredOn(property -> !"kvstore.readers".equals(property.get("name")))
                .allSatisfy(property -> assertThat(property).containsKey("defaultValue"));
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
