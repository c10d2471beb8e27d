package dev.kvstore.autoconfigure.actuate;

/** An observer for which an observed read stands for several. */
interface SampledReads {

    /** Says how many reads an observed one stands for, if other observers of the store ask for more than this one. */
    void observesOneReadOf(int reads);
}
