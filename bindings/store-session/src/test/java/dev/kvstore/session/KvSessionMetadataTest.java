package dev.kvstore.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KvSessionMetadataTest {

    @Test
    void everyPropertyHasADescriptionAndADefault() throws IOException {
        assertThat(entries("properties"))
                .hasSize(9)
                .allSatisfy(property ->
                        assertThat((String) property.get("description")).matches("(?s)[A-Z].*\\."))
                .filteredOn(
                        property -> !List.of("kvstore.session.trusted-packages").contains(property.get("name")))
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
    }

    private static List<Map<String, Object>> entries(String kind) throws IOException {
        try (InputStream metadata =
                Files.newInputStream(Path.of("target/classes/META-INF/spring-configuration-metadata.json"))) {
            return JsonPath.parse(metadata).read("$." + kind);
        }
    }
}
