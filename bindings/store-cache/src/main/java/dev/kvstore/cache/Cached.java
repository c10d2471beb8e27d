package dev.kvstore.cache;

import org.jspecify.annotations.Nullable;

/** What is stored as JSON: the value in an envelope, so that null is a value as well. */
record Cached<V>(@Nullable V value) {}
