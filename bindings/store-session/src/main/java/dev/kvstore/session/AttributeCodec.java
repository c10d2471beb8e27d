package dev.kvstore.session;

/**
 * How the attributes of sessions become bytes. A bean of this type replaces the one that
 * {@code kvstore.session.serialization} chooses:
 *
 * <pre>{@code
 * @Bean
 * AttributeCodec attributeCodec(Serializer<Object> serializer, Deserializer<Object> deserializer) {
 *     return new AttributeCodec() {
 *
 *         @Override
 *         public byte[] encode(Object value) throws IOException {
 *             return serializer.serializeToByteArray(value);
 *         }
 *
 *         @Override
 *         public Object decode(byte[] bytes) throws IOException {
 *             return deserializer.deserializeFromByteArray(bytes);
 *         }
 *     };
 * }
 * }</pre>
 *
 * <p>An implementation must be thread-safe. An exception while encoding fails the request, with a message that names
 * the attribute. An exception while decoding ends the session: its user has to log in again.
 *
 * @since 0.1
 */
public interface AttributeCodec {

    /**
     * Encodes the value of an attribute.
     *
     * @throws Exception if values of this class cannot be encoded
     */
    byte[] encode(Object value) throws Exception;

    /**
     * Decodes what {@link #encode} has returned.
     *
     * @throws Exception if the bytes are not, or no longer, a value
     */
    Object decode(byte[] bytes) throws Exception;
}
