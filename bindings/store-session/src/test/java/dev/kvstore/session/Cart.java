package dev.kvstore.session;

import java.io.Serializable;
import java.util.List;

/** An attribute of an application's own class. */
record Cart(List<String> items) implements Serializable {}
