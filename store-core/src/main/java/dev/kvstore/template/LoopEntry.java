package dev.kvstore.template;

/** An entry of the group, as the value of a loop variable. */
record LoopEntry(String key, String value) {}
