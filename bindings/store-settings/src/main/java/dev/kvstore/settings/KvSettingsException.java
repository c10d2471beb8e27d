package dev.kvstore.settings;

import org.jspecify.annotations.Nullable;

/**
 * A group cannot be used as settings. The message names the group and the property, and contains no value.
 *
 * <pre>{@code
 * record Limits(int requests) {}
 *
 * KvSettings<Limits> limitsOrExplanation(KvSettingsBinder settings) {
 *     try {
 *         return settings.bind("limits", Limits.class);
 *     } catch (KvSettingsException e) {
 *         System.err.println(e.problem() + ". " + e.action());
 *         throw e;
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class KvSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String action;

    KvSettingsException(String problem, String action) {
        this(problem, action, null);
    }

    KvSettingsException(String problem, String action, @Nullable Throwable cause) {
        super(problem + ". " + action, cause);
        this.problem = problem;
        this.action = action;
    }

    /** Returns what is wrong. */
    public String problem() {
        return problem;
    }

    /** Returns what to do. */
    public String action() {
        return action;
    }
}
