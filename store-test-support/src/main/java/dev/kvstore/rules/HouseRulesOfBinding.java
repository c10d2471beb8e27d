package dev.kvstore.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** The rules for every binding; a binding's test extends this class and adds the list of its public types. */
public abstract class HouseRulesOfBinding {

    protected static final JavaClasses BINDING = new ClassFileImporter().importPath("target/classes");

    @Test
    void theBindingUsesTheFaceOfTheStoreOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.kvstore.engine..",
                        "dev.kvstore.commit..",
                        "dev.kvstore.jdbc..",
                        "dev.kvstore.sqlite..",
                        "dev.kvstore.postgresql..",
                        "dev.kvstore.template..",
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..")
                .check(BINDING);
    }

    @Test
    void theBindingPrintsNothing() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(BINDING);
    }

    @Test
    void theBindingNeverSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(BINDING);
    }
}
