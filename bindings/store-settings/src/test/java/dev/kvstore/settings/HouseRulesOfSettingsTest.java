package dev.kvstore.settings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfSettingsTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatAnApplicationUsesIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.KvSettings(\\$Registration|Binder|Exception)?")
                .orShould()
                .haveNameMatching(".*\\.KvSettings(AutoConfiguration|Properties(\\$.*)?)")
                .check(BINDING);
    }
}
