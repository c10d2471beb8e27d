package dev.kvstore;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Query;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class HouseRulesTest {

    private static final JavaClasses CORE = new ClassFileImporter().importPath("target/classes");

    private static final ArchRule FACE_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.kvstore")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.kvstore..").and(not(resideInAPackage("dev.kvstore"))));

    private static final ArchRule NOTHING_BELOW_KNOWS_TEMPLATES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kvstore.template")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kvstore.template");

    private static final ArchRule NEUTRAL_USES_NO_SQLITE = noClasses()
            .that(are(neutral()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kvstore.sqlite..", "org.sqlite..");

    private static final ArchRule ONLY_OPERATIONS_CALL_AN_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackages("dev.kvstore.jdbc")
            .should()
            .callMethod(Engine.class, "read", Query.class)
            .orShould()
            .callMethod(Engine.class, "write", Change.class);

    private static DescribedPredicate<JavaClass> neutral() {
        return resideInAnyPackage(
                "dev.kvstore",
                "dev.kvstore.engine",
                "dev.kvstore.commit",
                "dev.kvstore.jdbc",
                "dev.kvstore.migration",
                "dev.kvstore.template");
    }

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
    void theFaceDependsOnNoOtherPackageOfOurs() {
        FACE_STANDS_ALONE.check(CORE);
    }

    @Test
    void onlyTheTemplatePackageKnowsTemplates() {
        NOTHING_BELOW_KNOWS_TEMPLATES.check(CORE);
    }

    @Test
    void neutralPackagesUseNoTypeOfSqlite() {
        NEUTRAL_USES_NO_SQLITE.check(CORE);
    }

    @Test
    void neutralPackagesNameNoDatabaseAndNoFileLayout() {
        assertThat(ForeignWords.in(CORE.that(are(neutral())), ForeignWords.OF_DATABASES))
                .isEmpty();
    }

    @Test
    void messagesNameNoPropertyOfSpringBoot() {
        assertThat(ForeignWords.in(CORE, ForeignWords.OF_PROPERTIES)).isEmpty();
    }

    @Test
    void onlyTheOperationsCallAnEngine() {
        ONLY_OPERATIONS_CALL_AN_ENGINE.check(CORE);
    }

    @Test
    void aViolationOfEachRuleOfTheLayersIsFound() {
        JavaClasses planted = new ClassFileImporter()
                .importClasses(
                        PlantedLayers.class,
                        dev.kvstore.jdbc.PlantedEngineOfSqlite.class,
                        dev.kvstore.jdbc.PlantedRenderer.class);

        assertThatThrownBy(() -> FACE_STANDS_ALONE.check(planted)).hasMessageContaining("Names.printable");
        assertThatThrownBy(() -> NOTHING_BELOW_KNOWS_TEMPLATES.check(planted))
                .hasMessageContaining("ThymeleafRenderer");
        assertThatThrownBy(() -> NEUTRAL_USES_NO_SQLITE.check(planted)).hasMessageContaining("SqliteKvStore");
        assertThatThrownBy(() -> ONLY_OPERATIONS_CALL_AN_ENGINE.check(planted)).hasMessageContaining("Engine.read");
        assertThat(ForeignWords.in(planted, ForeignWords.OF_DATABASES)).hasSize(2);
        assertThat(ForeignWords.in(planted, ForeignWords.OF_PROPERTIES)).hasSize(1);
    }

    @Test
    void theSqliteEngineIsInternalExceptForItsStore() {
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
