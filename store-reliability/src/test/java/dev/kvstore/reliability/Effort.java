package dev.kvstore.reliability;

/** The amount of work of a test: in a build, or in the long form with {@code -Preliability}. */
public final class Effort {

    private static final boolean LONG = Boolean.getBoolean("reliability.long");

    private Effort() {}

    static boolean isLong() {
        return LONG;
    }

    public static int of(int inBuild, int longForm) {
        return LONG ? longForm : inBuild;
    }
}
