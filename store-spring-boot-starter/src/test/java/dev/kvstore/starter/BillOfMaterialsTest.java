package dev.kvstore.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The bill of materials lists exactly the jars that a host application gets from the starter. */
@Tag("packaged")
class BillOfMaterialsTest {

    private static final Pattern COMPONENT =
            Pattern.compile("<purl>pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?type=jar</purl>");

    /** Part of a line of dependency:list, such as {@code org.xerial:sqlite-jdbc:jar:3.53.4.0:compile}. */
    private static final Pattern RESOLVED = Pattern.compile("([\\w.-]+):([\\w.-]+):jar:([\\w.-]+):(?:compile|runtime)");

    @Test
    @DisabledIfSystemProperty(named = "maven.mode", matches = "offline: true", disabledReason = "not made offline")
    void itListsExactlyTheDependenciesOfAHost() throws Exception {
        String bom = read("bom.xml");
        List<String> listed = all(COMPONENT, bom.substring(bom.indexOf("</metadata>")));

        assertThat(listed)
                .anyMatch(component -> component.startsWith("org.xerial:sqlite-jdbc:"))
                .anyMatch(component -> component.startsWith("dev.kvstore:store-core:"))
                .noneMatch(component -> component.contains("junit") || component.contains("hibernate"))
                .containsExactlyInAnyOrderElementsOf(all(RESOLVED, read("runtime-dependencies.txt")));
    }

    private static String read(String name) throws IOException {
        return Files.readString(Path.of("target", name));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) + ":" + found.group(2) + ":" + found.group(3))
                .toList();
    }
}
