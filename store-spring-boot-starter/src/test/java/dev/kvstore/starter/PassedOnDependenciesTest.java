package dev.kvstore.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** An exclusion could deprive a host application of a jar, which the enforcer rule of this module does not detect. */
class PassedOnDependenciesTest {

    @Test
    void onlyOgnlAndItsDependencyAreExcluded() throws Exception {
        List<String> excluded = new ArrayList<>();
        for (String module : List.of("..", "../store-core", "../store-spring-boot-autoconfigure", ".")) {
            Document pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of(module, "pom.xml").toFile());
            NodeList exclusions = pom.getElementsByTagName("exclusion");
            for (int i = 0; i < exclusions.getLength(); i++) {
                excluded.add(text(exclusions.item(i), "groupId") + ":" + text(exclusions.item(i), "artifactId"));
            }
        }
        assertThat(excluded).containsExactly("ognl:ognl", "org.javassist:javassist");
    }

    private static String text(Node parent, String name) {
        return ((Element) parent).getElementsByTagName(name).item(0).getTextContent();
    }
}
