package dev.kvstore.reliability.model;

/** The version of an entry in a result of a store or of the model; the numbers differ. */
record Version(String group, String key, long number) {

    @Override
    public String toString() {
        return "version " + number;
    }
}
