package dev.kvstore.bucket4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfBucket4jTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatUsersNameIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.(KvProxyManager(\\$Builder)?|KvRateLimitAutoConfiguration"
                        + "|KvRateLimitProperties(\\$(Limit|By|OnFailure))?)")
                .check(BINDING);
    }
}
