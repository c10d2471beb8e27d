package dev.kvstore.reliability;

/** What a hostile expression calls when it gets the chance. Nothing else may as much as load it. */
public final class Canary {

    public static final String SONG = Canaries.sung();

    public Canary() {
        Canaries.sung();
    }

    public static String sing() {
        return Canaries.sung();
    }
}
