package dev.kvstore.jdbc;

import dev.kvstore.KvCodec;
import java.lang.reflect.Type;

/** How values are stored as JSON; names no class of Jackson, which may be missing. */
interface JsonFormat {

    /** Returns the codec of a type. */
    <V> KvCodec<V> codec(Type type);
}
