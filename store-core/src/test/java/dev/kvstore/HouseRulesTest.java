package dev.kvstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class HouseRulesTest {

    private static final JavaClasses CORE = new ClassFileImporter().importPath("target/classes");

    @Test
    void theCoreDoesNotKnowSpringBoot() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(CORE);
    }

    @Test
    void internalsOfOtherLibrariesAreLeftAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.flywaydb.core.internal..", "org.thymeleaf.standard.expression.OGNL..", "ognl..")
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.kvstore.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void noClassIsNamedAfterNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper|Base)")
                .check(CORE);
    }

    @Test
    void theLibraryPrintsNothing() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    }

    @Test
    void theEngineIsInternalButForItsStore() {
        classes()
                .that()
                .resideInAPackage("dev.kvstore.sqlite")
                .and()
                .doNotHaveFullyQualifiedName("dev.kvstore.sqlite.SqliteKvStore")
                .and()
                .doNotHaveFullyQualifiedName("dev.kvstore.sqlite.SqliteKvStore$Builder")
                .should()
                .notBePublic()
                .check(CORE);
    }

    @Test
    void noTextChangesItsCaseByTheLocaleOfTheMachine() {
        caseOfTheMachine().check(CORE);
    }

    @Test
    void aTextThatChangesItsCaseByTheLocaleOfTheMachineIsFound() {
        JavaClasses shouting = new ClassFileImporter().importClasses(Shouting.class);
        assertThatThrownBy(() -> caseOfTheMachine().check(shouting)).hasMessageContaining("toUpperCase()");
        assertThatThrownBy(() -> caseOfTheMachine().check(shouting)).hasMessageContaining("toLowerCase()");
    }

    private static ArchRule caseOfTheMachine() {
        return noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .because("\"DIV\".toLowerCase() is no \"div\" where the machine speaks Turkish: say Locale.ROOT");
    }

    /** Called in plain, and as a method reference. */
    @SuppressWarnings({"StringCaseLocaleUsage", "UnusedMethod"})
    private static final class Shouting {

        String aloud(String text) {
            return text.toUpperCase();
        }

        Function<String, String> softly() {
            return String::toLowerCase;
        }
    }
}
