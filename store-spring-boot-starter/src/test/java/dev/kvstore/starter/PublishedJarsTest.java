package dev.kvstore.starter;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars that the build has packaged. */
@Tag("packaged")
class PublishedJarsTest {

    static List<Pom> published() throws Exception {
        return Pom.publishedJars();
    }

    @ParameterizedTest
    @MethodSource("published")
    @DisabledIfSystemProperty(named = "maven.javadoc.skip", matches = "true", disabledReason = "javadoc is skipped")
    void eachHasItsSourcesAndItsJavadoc(Pom module) {
        assertThat(module.hasBuilt(".jar")).as("jar").isTrue();
        assertThat(module.hasBuilt("-sources.jar")).as("sources").isTrue();
        assertThat(module.hasBuilt("-javadoc.jar")).as("javadoc").isTrue();
    }

    @ParameterizedTest
    @MethodSource("published")
    void noneHasATestJar(Pom module) {
        assertThat(module.hasBuilt("-tests.jar")).isFalse();
    }

    @Test
    void eachIsAModuleNamedAfterItsRootPackage() throws Exception {
        Map<String, String> declared =
                published().stream().collect(toMap(Pom::name, module -> module.text("properties/module.name")));

        for (Pom module : published()) {
            ModuleDescriptor descriptor = descriptor(module);
            assertThat(descriptor.name()).isEqualTo(declared.get(module.name())).startsWith("dev.kvstore");
            assertThat(descriptor.packages())
                    .as(module.name())
                    .allMatch(name -> name.equals(descriptor.name()) || name.startsWith(descriptor.name() + "."));
        }
        assertThat(declared.values()).doesNotHaveDuplicates();
    }

    @Test
    void noTwoShareAPackage() throws Exception {
        assertThat(published().stream().flatMap(module -> descriptor(module).packages().stream()))
                .contains("dev.kvstore", "dev.kvstore.autoconfigure")
                .doesNotHaveDuplicates();
    }

    private static ModuleDescriptor descriptor(Pom module) {
        Path jar = module.jar(".jar");
        return ModuleFinder.of(jar).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow();
    }
}
