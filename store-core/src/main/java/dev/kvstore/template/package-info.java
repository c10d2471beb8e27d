/** Renders the entries of a group with a template. Not part of the API. */
@NullMarked
package dev.kvstore.template;

import org.jspecify.annotations.NullMarked;
