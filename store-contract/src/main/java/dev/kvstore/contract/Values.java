package dev.kvstore.contract;

import dev.kvstore.KvCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Values as text and as bytes. An engine may store those above some size, such as 512 bytes, in another way. */
final class Values {

    static final String LARGE = "large " + KvStoreContract.VALUE.repeat(200);

    /** Bytes as they are; buffers, unlike arrays, are equal when their contents are. */
    static final KvCodec<ByteBuffer> BYTES = KvCodec.bytes(ByteBuffer::array, ByteBuffer::wrap);

    private Values() {}

    /** Some bytes that are no text. */
    static ByteBuffer bytes(String text) {
        byte[] bytes = ("\0" + text + "\0").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xFF;
        return ByteBuffer.wrap(bytes);
    }
}
