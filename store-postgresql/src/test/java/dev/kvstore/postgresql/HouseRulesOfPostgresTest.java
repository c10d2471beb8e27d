package dev.kvstore.postgresql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.kvstore.sql.CompiledClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not check. */
class HouseRulesOfPostgresTest {

    private static final JavaClasses ENGINE = new ClassFileImporter().importPath("target/classes");

    @Test
    void onlyTheStoreIsPublic() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName("dev.kvstore.postgresql.PostgresKvStore")
                .and()
                .doNotHaveFullyQualifiedName("dev.kvstore.postgresql.PostgresKvStore$Builder")
                .and()
                .areNotNestedClasses()
                .should()
                .notBePublic()
                .check(ENGINE);
    }

    @Test
    void theEngineKnowsNeitherSpringBootNorTheOtherEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.boot..", "dev.kvstore.sqlite..", "org.flywaydb.core.internal..")
                .check(ENGINE);
    }

    @Test
    void theLibraryPrintsNothing() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ENGINE);
    }

    @Test
    void sqlConsistsOfConstants() {
        CompiledClasses engine = CompiledClasses.besides(PostgresKvStore.class);

        assertThat(engine.names()).contains("dev/kvstore/postgresql/RangeQueries");
        assertThat(engine.otherThanConstantsAsSql(Set.of("ConnectionTemplate"))).isEmpty();
    }
}
