package dev.kvstore.template;

/**
 * How much text an expression may still concatenate: in total no more than the maximum length of the output. Even a
 * short expression can concatenate a long value many times, without ever printing the result.
 */
final class ConcatenationBudget {

    private final TemplateLimits limits;
    private final Deadline deadline;
    private long used;

    ConcatenationBudget(TemplateLimits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    /** Appends to a text that the expression concatenates. */
    void append(StringBuilder text, String added) {
        used += added.length();
        if (used > limits.maxOutput()) {
            throw limits.outputTooLong();
        }
        for (int start = 0; start < added.length(); start += Deadline.CHARACTERS_BETWEEN_CHECKS) {
            int end = Math.min(added.length(), start + Deadline.CHARACTERS_BETWEEN_CHECKS);
            deadline.spend(end - start);
            text.append(added, start, end);
        }
    }
}
