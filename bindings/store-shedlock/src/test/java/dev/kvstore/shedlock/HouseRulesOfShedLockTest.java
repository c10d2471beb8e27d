package dev.kvstore.shedlock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.kvstore.rules.HouseRulesOfBinding;
import org.junit.jupiter.api.Test;

class HouseRulesOfShedLockTest extends HouseRulesOfBinding {

    @Test
    void onlyWhatUsersNameIsPublic() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveNameMatching(".*\\.(KvLockProvider|KvShedLockProperties|KvShedLockAutoConfiguration)")
                .check(BINDING);
    }
}
