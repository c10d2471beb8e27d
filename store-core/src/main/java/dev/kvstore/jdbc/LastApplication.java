package dev.kvstore.jdbc;

import dev.kvstore.Durability;
import dev.kvstore.Expiry;
import dev.kvstore.engine.Change;
import dev.kvstore.engine.Condition;
import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Query;
import dev.kvstore.engine.Utf8;
import dev.kvstore.engine.Value;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

/**
 * Warns when another application opened the database last. Two applications started in one directory with the same
 * relative path would share all groups, and nothing else shows it.
 */
final class LastApplication {

    private static final Log log = LogFactory.getLog(LastApplication.class);

    private static final String KEY = "application";

    private LastApplication() {}

    /** Compares the name with the one in the database, and stores it there if it differs. */
    static void note(Engine engine, String database, String application) {
        try {
            Optional<String> last = engine.read(new Query.Get(OwnGroups.STORE, KEY))
                    .map(value -> value instanceof Value.Text text ? text.text() : "");
            if (last.filter(application::equals).isPresent()) {
                return;
            }
            last.ifPresent(other -> log.warn(
                    ("Store '%s': application '%s' opens it, and application '%s' opened it last; they share all"
                                    + " groups. Give each application a database of its own, or both the same name")
                            .formatted(database, Names.printable(application), Names.printable(other))));
            engine.write(
                    new Change.Put(
                            OwnGroups.STORE,
                            KEY,
                            new Value.Text(application),
                            Utf8.checkedLength("application", application),
                            Expiry.never(),
                            Condition.ANY),
                    Durability.FULL);
        } catch (DataAccessException e) {
            // A warning is not worth a failed start, for example on a full disk.
            log.debug("The name of the application could not be compared or stored", e);
        }
    }
}
