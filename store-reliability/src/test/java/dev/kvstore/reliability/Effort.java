package dev.kvstore.reliability;

/** How much a test does: in a build, or in the long form that {@code -Preliability} asks for. */
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
