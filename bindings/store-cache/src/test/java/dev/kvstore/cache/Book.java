package dev.kvstore.cache;

import java.io.Serializable;
import java.util.List;

/** A value of a cache. */
public record Book(String isbn, List<String> authors) implements Serializable {

    static Book of(String isbn) {
        return new Book(isbn, List.of("Ada"));
    }
}
