package dev.kvstore.cache;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the application has chosen its caches by {@code spring.cache.type}. */
final class OnCacheTypeUnset extends SpringBootCondition {

    private static final String TYPE = "spring.cache.type";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("caches in the store");
        return context.getEnvironment().containsProperty(TYPE)
                ? ConditionOutcome.noMatch(message.because("'" + TYPE + "' is set"))
                : ConditionOutcome.match(message.because("'" + TYPE + "' is not set"));
    }
}
