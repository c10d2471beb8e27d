package dev.kvstore.cache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfCacheTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatUsersNameIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.(KvCacheManager(\\$Builder)?|KvCacheSettings|KvCache(Manager)?Properties"
                        + "|KvCacheAutoConfiguration)")
                .check(BINDING);
    }
}
