package dev.kvstore.bucket4j;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if properties name a limit: without one, no request passes through a filter. */
final class OnLimits extends SpringBootCondition {

    private static final String LIMITS = "kvstore.rate-limit.limits";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("rate limits");
        return Binder.get(context.getEnvironment())
                        .bind(LIMITS, Bindable.mapOf(String.class, Object.class))
                        .isBound()
                ? ConditionOutcome.match(message.because("'" + LIMITS + "' has limits"))
                : ConditionOutcome.noMatch(message.because("'" + LIMITS + "' has no limits"));
    }
}
