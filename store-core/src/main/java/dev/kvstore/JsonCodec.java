package dev.kvstore;

import java.lang.reflect.Type;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON as text, apart from {@link KvCodec}, which must load without Jackson. */
final class JsonCodec {

    private JsonCodec() {}

    static <V> KvCodec<V> of(Object mapper, Type type) {
        if (!(mapper instanceof JsonMapper json)) {
            throw new IllegalArgumentException("mapper must be a " + JsonMapper.class.getName() + " and is a "
                    + mapper.getClass().getName());
        }
        JavaType resolved = json.constructType(type);
        ObjectWriter writer = json.writerFor(resolved);
        ObjectReader reader = json.readerFor(resolved);
        return KvCodec.text(writer::writeValueAsString, reader::readValue);
    }
}
