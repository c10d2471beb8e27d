package dev.kvstore.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which group cannot be used as settings, and what to do. */
final class KvSettingsFailureAnalyzer extends AbstractFailureAnalyzer<KvSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KvSettingsException cause) {
        return new FailureAnalysis(cause.problem() + ".", cause.action(), cause);
    }
}
