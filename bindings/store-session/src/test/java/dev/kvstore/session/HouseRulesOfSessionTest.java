package dev.kvstore.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfSessionTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatAnApplicationUsesIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.Kv(Reactive)?SessionRepository")
                .orShould()
                .haveSimpleName("AttributeCodec")
                .orShould()
                .haveNameMatching(".*\\.KvSession(AutoConfiguration|Properties(\\$.*)?)")
                .check(BINDING);
    }
}
