package dev.kvstore.session;

import dev.kvstore.KvCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a session is stored: one value, in which each attribute is a name and bytes. So a session is read at once, and
 * its attributes are decoded one by one, when somebody asks for them.
 */
final class StoredSessionFormat {

    static final KvCodec<StoredSession> CODEC = KvCodec.bytes(StoredSessionFormat::encode, StoredSessionFormat::decode);

    private static final int FIRST_VERSION = 1;

    private StoredSessionFormat() {}

    private static byte[] encode(StoredSession session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FIRST_VERSION);
            writeText(out, session.id());
            writeInstant(out, session.creationTime());
            writeInstant(out, session.lastAccessedTime());
            out.writeLong(session.maxInactiveInterval().toSeconds());
            out.writeInt(session.maxInactiveInterval().toNanosPart());
            writeText(out, session.principal());
            out.writeInt(session.attributes().size());
            for (Map.Entry<String, byte[]> attribute : session.attributes().entrySet()) {
                writeText(out, attribute.getKey());
                writeBytes(out, attribute.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static StoredSession decode(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int version = in.readByte();
            if (version != FIRST_VERSION) {
                throw new IOException("format " + version + " of a newer release");
            }
            return new StoredSession(
                    readText(in),
                    readInstant(in),
                    readInstant(in),
                    Duration.ofSeconds(in.readLong(), in.readInt()),
                    readText(in),
                    readAttributes(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> readAttributes(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            attributes.put(readText(in), readBytes(in));
        }
        return Collections.unmodifiableMap(attributes);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("truncated");
        }
        return in.readNBytes(length);
    }

    private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
