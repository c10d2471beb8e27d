package dev.kvstore.text;

import dev.kvstore.KvLimitException;
import java.io.Writer;
import java.nio.CharBuffer;

/** Collects the output up to a length in UTF-8 bytes. */
final class OutputWriter extends Writer {

    private final StringBuilder output = new StringBuilder();
    private final long maxBytes;
    private long bytes;

    OutputWriter(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    static KvLimitException tooLong(long maxBytes) {
        return new KvLimitException("The output of the template is longer than " + maxBytes
                + " bytes (kvstore.template.max-output). Print less, or raise the limit.");
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        bytes += Utf8.length(CharBuffer.wrap(characters, offset, length));
        if (bytes > maxBytes) {
            throw tooLong(maxBytes);
        }
        output.append(characters, offset, length);
    }

    @Override
    public String toString() {
        return output.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
