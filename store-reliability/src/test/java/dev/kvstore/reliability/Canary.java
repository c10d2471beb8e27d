package dev.kvstore.reliability;

/** The class that a hostile expression tries to call. Nothing else may even load it. */
public final class Canary {

    public static final String SONG = Canaries.sung();

    public Canary() {
        Canaries.sung();
    }

    public static String sing() {
        return Canaries.sung();
    }
}
