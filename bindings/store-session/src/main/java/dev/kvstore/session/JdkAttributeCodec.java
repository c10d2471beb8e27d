package dev.kvstore.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.springframework.core.ConfigurableObjectInputStream;

/**
 * Java's serialization. The class loader is that of the beans, as the restarts of DevTools replace it. A filter limits
 * what a stream may contain, in addition to the filter of the JVM.
 */
final class JdkAttributeCodec implements AttributeCodec {

    /**
     * Limits against streams that are made to exhaust the memory, and the classes of known chains that run code when
     * they are read (https://github.com/frohoff/ysoserial), which no session needs.
     */
    private static final String DEFAULT_FILTER = "maxdepth=200;maxrefs=1000000;maxarray=16777216;maxbytes=67108864;"
            + "!com.sun.org.apache.xalan.**;!org.apache.xalan.**;!sun.rmi.**;!java.rmi.**;!javax.management.**;"
            + "!org.apache.commons.collections.functors.**;!org.apache.commons.collections4.functors.**;"
            + "!org.apache.commons.beanutils.**;!org.codehaus.groovy.runtime.**;!com.mchange.v2.c3p0.**;"
            + "!org.springframework.core.SerializableTypeWrapper$*;!bsh.**;!org.mozilla.javascript.**;!clojure.**";

    private final ClassLoader loader;
    private final ObjectInputFilter filter;

    /**
     * Creates a codec.
     *
     * @param pattern of the filter, as in the system property {@code jdk.serialFilter}; empty for the default
     * @throws IllegalArgumentException if the pattern is invalid
     */
    JdkAttributeCodec(ClassLoader loader, String pattern) {
        this.loader = loader;
        ObjectInputFilter own = ObjectInputFilter.Config.createFilter(pattern.isBlank() ? DEFAULT_FILTER : pattern);
        ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
        this.filter = ofJvm == null ? own : ObjectInputFilter.merge(own, ofJvm);
    }

    @Override
    public byte[] encode(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ConfigurableObjectInputStream(new ByteArrayInputStream(bytes), loader)) {
            in.setObjectInputFilter(filter);
            return in.readObject();
        }
    }
}
