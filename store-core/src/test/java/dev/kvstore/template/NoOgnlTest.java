package dev.kvstore.template;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates are evaluated without OGNL. */
class NoOgnlTest {

    @ParameterizedTest
    @ValueSource(strings = {"ognl.Ognl", "ognl.OgnlRuntime", "javassist.ClassPool"})
    void ognlIsNotOnTheClassPath(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @Test
    void noTemplateClassDependsOnOgnl() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ognl..", "javassist..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameContaining("OGNL")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.kvstore.template"));
    }
}
