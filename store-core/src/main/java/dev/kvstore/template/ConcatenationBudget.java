package dev.kvstore.template;

/**
 * How much text an expression may still put together: no more in all than the output may be long. A short expression
 * can name a long value many times, and need never print what comes of it.
 */
final class ConcatenationBudget {

    private final long most;
    private final Deadline deadline;
    private long used;

    ConcatenationBudget(long most, Deadline deadline) {
        this.most = most;
        this.deadline = deadline;
    }

    /** Appends to a text that the expression puts together. */
    void append(StringBuilder text, String added) {
        used += added.length();
        if (used > most) {
            throw OutputWriter.tooLong(most);
        }
        for (int start = 0; start < added.length(); start += Deadline.CHARACTERS_BETWEEN_CHECKS) {
            int end = Math.min(added.length(), start + Deadline.CHARACTERS_BETWEEN_CHECKS);
            deadline.spend(end - start);
            text.append(added, start, end);
        }
    }
}
