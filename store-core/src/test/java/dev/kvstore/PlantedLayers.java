package dev.kvstore;

import dev.kvstore.engine.Engine;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.Query;
import org.jspecify.annotations.NullUnmarked;

/** Breaks rules of the layers; each must be found. */
@NullUnmarked
final class PlantedLayers {

    static final String LAYOUT = "the file ends in -wal";
    static final String PROPERTY = "raise kvstore.readers";

    private PlantedLayers() {}

    static String database(String group) {
        return "SQLite has no group " + Names.printable(group);
    }

    static long count(Engine engine) {
        return engine.read(new Query.Count("group", KvRange.all()));
    }
}
