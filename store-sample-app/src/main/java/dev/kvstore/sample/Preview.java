package dev.kvstore.sample;

/** The result of a rendering: the output, or the error message. */
record Preview(String text, boolean failed) {}
