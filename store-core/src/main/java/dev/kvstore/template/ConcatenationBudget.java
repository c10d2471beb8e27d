package dev.kvstore.template;

/**
 * How much text an expression may still concatenate: in total no more than the maximum length of the output. Even a
 * short expression can concatenate a long value many times, without ever printing the result.
 */
final class ConcatenationBudget {

    private final long max;
    private final Deadline deadline;
    private long used;

    ConcatenationBudget(long max, Deadline deadline) {
        this.max = max;
        this.deadline = deadline;
    }

    /** Appends to a text that the expression concatenates. */
    void append(StringBuilder text, String added) {
        used += added.length();
        if (used > max) {
            throw OutputWriter.tooLong(max);
        }
        for (int start = 0; start < added.length(); start += Deadline.CHARACTERS_BETWEEN_CHECKS) {
            int end = Math.min(added.length(), start + Deadline.CHARACTERS_BETWEEN_CHECKS);
            deadline.spend(end - start);
            text.append(added, start, end);
        }
    }
}
