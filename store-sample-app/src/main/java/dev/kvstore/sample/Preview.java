package dev.kvstore.sample;

/** What came of a template: its output, or why there is none. */
record Preview(String text, boolean failed) {}
