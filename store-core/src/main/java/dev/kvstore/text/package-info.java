/** Rendering of a group of entries through a text template. */
@NullMarked
package dev.kvstore.text;

import org.jspecify.annotations.NullMarked;
