package dev.kvstore.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Maven Central's requirements for a POM (https://central.sonatype.org/publish/requirements), and the content of the
 * BOM.
 */
class PublishedPomsTest {

    static List<Pom> published() throws Exception {
        return Pom.published();
    }

    @Test
    void onlyTheModulesForUsersArePublished() throws Exception {
        assertThat(published())
                .extracting(Pom::name)
                .contains("store-parent", "store-bom", "store-core", "store-spring-boot-starter")
                .doesNotContain("plain-host", "hostile-host", "store-sample-app", "store-benchmarks");
    }

    @ParameterizedTest
    @MethodSource("published")
    void itHasANameAndADescriptionOfItsOwn(Pom pom) {
        assertThat(pom.text("name")).startsWith("KvStore");
        assertThat(pom.text("description")).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("published")
    void itHasOrInheritsTheElementsThatMavenCentralRequires(Pom pom) throws Exception {
        for (String path : List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            assertThat(inherited(pom, path))
                    .as(path)
                    .isNotEmpty()
                    .isEqualTo(Pom.ofParent().text(path));
        }
    }

    /** By default Maven appends the module's name to inherited addresses, which would then not exist. */
    @Test
    void modulesInheritTheAddressesUnchanged() throws Exception {
        Pom parent = Pom.ofParent();

        assertThat(parent.project().getAttribute("child.project.url.inherit.append.path"))
                .isEqualTo("false");
        for (String address : List.of("connection", "developerConnection", "url")) {
            assertThat(parent.elements("scm").get(0).getAttribute("child.scm." + address + ".inherit.append.path"))
                    .as(address)
                    .isEqualTo("false");
        }
    }

    /** For published modules, {@link PublishedJarsTest} checks the manifest itself. */
    @Test
    void everyModuleDefinesTheModuleNameForItsManifest() throws Exception {
        assertThat(Pom.modules())
                .filteredOn(module -> !module.text("packaging").equals("pom"))
                .allMatch(module -> module.text("properties/module.name").matches("[a-z0-9.]+"));
    }

    @Test
    void theBomManagesExactlyThePublishedJars() throws Exception {
        Pom bom = Pom.flattenedBom();

        assertThat(bom.elements("dependencyManagement/dependencies/dependency"))
                .extracting(managed ->
                        managed.getTextContent().replaceAll("\\s+", " ").strip())
                .containsExactlyInAnyOrderElementsOf(Pom.publishedJars().stream()
                        .map(jar -> "dev.kvstore " + jar.name() + " ${project.version}")
                        .toList());
        assertThat(bom.elements("parent"))
                .as("importers would also import what a parent manages")
                .isEmpty();
    }

    private static String inherited(Pom pom, String path) throws Exception {
        String own = pom.text(path);
        return own.isEmpty() && !pom.elements("parent").isEmpty()
                ? Pom.ofParent().text(path)
                : own;
    }
}
