package dev.kvstore.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfSecurityTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatAnApplicationUsesIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.Kv(OneTimeTokenService|PersistentTokenRepository)")
                .orShould()
                .haveNameMatching(".*\\.KvSecurity(AutoConfiguration|Properties)")
                .check(BINDING);
    }
}
