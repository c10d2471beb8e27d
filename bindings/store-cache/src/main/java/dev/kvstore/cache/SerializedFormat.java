package dev.kvstore.cache;

import dev.kvstore.KvGroup;
import dev.kvstore.KvTypeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ConfigurableObjectInputStream;

/**
 * Values by Java's serialization. The filter is asked when a value is written, too: a value that it refused only when
 * it is read would be loaded again and again.
 */
record SerializedFormat(String cache, KvGroup<byte[]> group, ClassLoader classLoader, AllowedClasses allowed)
        implements ValueFormat<byte[]> {

    @Override
    public byte[] store(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new CheckedOutput(bytes)) {
            output.writeObject(value);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "A value of the cache '" + cache + "' contains the class '" + e.getMessage()
                            + "', which is not serializable. Let it implement java.io.Serializable, or store JSON: set"
                            + " 'kvstore.caches." + cache + ".type' to the type of the values.",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("A value of the cache '" + cache + "' could not be serialized", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public @Nullable Object read(byte[] stored) {
        try (ObjectInputStream input =
                new ConfigurableObjectInputStream(new ByteArrayInputStream(stored), classLoader)) {
            input.setObjectInputFilter(allowed.filter());
            return input.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) { // A class may throw anything.
            throw new KvTypeException("A value of the cache '" + cache + "' could not be deserialized", e);
        }
    }

    private final class CheckedOutput extends ObjectOutputStream {

        private CheckedOutput(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (IOException.class.isAssignableFrom(type)) {
                return; // The stream writes why it failed before it throws that.
            }
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            if (allowed.filter().checkInput(new ClassOnly(element)) == ObjectInputFilter.Status.REJECTED) {
                throw new IllegalArgumentException("A value of the cache '" + cache + "' contains the class '"
                        + element.getName() + "', which the filter of deserialization does not allow. Add it to"
                        + " 'kvstore.cache-manager.allowed-classes', or store JSON: set 'kvstore.caches." + cache
                        + ".type' to the type of the values.");
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            throw new IllegalArgumentException("A value of the cache '" + cache + "' contains a proxy");
        }
    }

    private record ClassOnly(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {

        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
