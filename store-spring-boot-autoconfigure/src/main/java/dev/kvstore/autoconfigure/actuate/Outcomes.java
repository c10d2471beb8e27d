package dev.kvstore.autoconfigure.actuate;

/** How an operation ended, as meters and observations say it. */
final class Outcomes {

    private Outcomes() {}

    static String text(boolean success) {
        return success ? "success" : "failure";
    }
}
