/** A small web application that shows the store at work. */
@NullMarked
package dev.kvstore.sample;

import org.jspecify.annotations.NullMarked;
