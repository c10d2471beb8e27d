package dev.kvstore.benchmarks.targets;

/**
 * A row of the targets table.
 *
 * @param goal the goal
 * @param result the result and its verdict
 * @param figures the figures from which the result was computed
 */
record Line(Goal goal, String result, String figures) {

    static Line of(Goal goal, double result, String figures) {
        return new Line(goal, goal.judged(result), figures);
    }

    /** The row for several results that must all reach the goal: the worst one counts. */
    static Line ofWorst(Goal goal, String figures, double... results) {
        return of(goal, goal.worst(results), figures);
    }

    /** The row for a goal that this command does not measure. */
    static Line notMeasured(Goal goal, String reason) {
        return new Line(goal, "", reason);
    }

    String markdown() {
        return "| %s | %s | %s | %s | %s |\n".formatted(goal.work(), goal.boundText(), goal.aimText(), result, figures);
    }
}
