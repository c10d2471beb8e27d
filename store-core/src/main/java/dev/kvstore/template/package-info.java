/** Renders the entries of a group through a text template. No API of applications. */
@NullMarked
package dev.kvstore.template;

import org.jspecify.annotations.NullMarked;
