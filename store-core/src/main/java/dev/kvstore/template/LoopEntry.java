package dev.kvstore.template;

/** An entry of the group, as a loop sees it. */
record LoopEntry(String key, String value) {}
