package dev.kvstore.reliability.model;

import dev.kvstore.engine.Names;
import java.util.Collection;
import java.util.List;
import org.springframework.dao.DataRetrievalFailureException;

/** A read of entries that another program wrote; the message of a store names one of them. */
final class UnreadableException extends DataRetrievalFailureException {

    private static final long serialVersionUID = 1;

    private final transient List<String> names;

    UnreadableException(String group, Collection<String> keys) {
        super(group + ": " + keys);
        this.names = keys.stream().map(key -> name(group, key)).toList();
    }

    private static String name(String group, String key) {
        return (ForeignText.isText(key) ? "The value of '" : "The key '") + Names.printable(group) + "/"
                + Names.printable(ForeignText.escaped(key)) + "' is not valid UTF-8";
    }

    List<String> names() {
        return names;
    }
}
