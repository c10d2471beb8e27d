package dev.kvstore.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import dev.kvstore.sql.CompiledClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

class HouseRulesOfAutoConfigurationTest {

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HouseRulesOfAutoConfigurationTest.class.getPackageName());

    @Test
    void nothingEnablesSchedulingInTheHost() {
        noClasses()
                .should()
                .beAnnotatedWith(EnableScheduling.class)
                .orShould()
                .beMetaAnnotatedWith(EnableScheduling.class)
                .check(production);
    }

    @Test
    void everyBeanHasATypeOfOursAndBacksOff() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should(ArchConditions.have(DescribedPredicate.describe(
                        "a return type of ours",
                        (JavaMethod method) ->
                                method.getRawReturnType().getPackageName().startsWith("dev.kvstore"))))
                .andShould()
                .beAnnotatedWith(ConditionalOnMissingBean.class)
                .andShould()
                .bePackagePrivate()
                .check(production);
    }

    @Test
    void onlyTheConfigurationApiIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveSimpleNameEndingWith("AutoConfiguration")
                .orShould()
                .haveNameMatching(".*\\.(Postgres)?KvStoreBuilderCustomizer")
                .orShould()
                .haveSimpleName("KvStoreClock")
                .orShould()
                .haveSimpleName("KvStoreBootstrap")
                .orShould()
                .haveNameMatching(".*KvStoreProperties(\\$(NearCache|Postgresql|Changes|Json|Json\\$Mapper|Template))?")
                .check(production);
    }

    @Test
    void sqlConsistsOfConstants() {
        CompiledClasses production = CompiledClasses.besides(KvStoreAutoConfiguration.class);

        assertThat(production.names()).contains("dev/kvstore/autoconfigure/KvStorePurger");
        assertThat(production.otherThanConstantsAsSql(Set.of())).isEmpty();
    }

    @Test
    void nothingDependsOnInternalsOfLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..internal..", "com.zaxxer.hikari..", "org.springframework.boot.jdbc..")
                .check(production);
    }

    @Test
    void noMigrationIsInTheLocationOfTheHostsFlyway() {
        assertThat(HouseRulesOfAutoConfigurationTest.class.getClassLoader().getResource("db/migration"))
                .isNull();
        assertThat(Files.exists(Path.of("src/main/resources/db"))).isFalse();
    }
}
