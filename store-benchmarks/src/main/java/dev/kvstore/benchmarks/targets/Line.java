package dev.kvstore.benchmarks.targets;

/**
 * A line of the table of targets.
 *
 * @param goal what is to be reached
 * @param result what was reached, and what that means
 * @param figures what the result was computed from
 */
record Line(Goal goal, String result, String figures) {

    static Line of(Goal goal, double result, String figures) {
        return new Line(goal, goal.judged(result), figures);
    }

    /** Where several results must each reach the goal, the worst one counts. */
    static Line ofWorst(Goal goal, String figures, double... results) {
        return of(goal, goal.worst(results), figures);
    }

    /** What another command measures, or nobody yet. */
    static Line notMeasured(Goal goal, String reason) {
        return new Line(goal, "", reason);
    }

    String markdown() {
        return "| %s | %s | %s | %s | %s |\n".formatted(goal.work(), goal.boundText(), goal.aimText(), result, figures);
    }
}
