package dev.kvstore.template;

import dev.kvstore.KvLimitException;
import dev.kvstore.engine.Utf8;
import java.io.Writer;
import java.nio.CharBuffer;

/** Collects the output up to a maximum length in UTF-8 bytes, and until a deadline. */
final class OutputWriter extends Writer {

    private final StringBuilder output = new StringBuilder();
    private final long maxBytes;
    private final Deadline deadline;
    private long bytes;

    OutputWriter(long maxBytes, Deadline deadline) {
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    static KvLimitException tooLong(long maxBytes) {
        return new KvLimitException("The output of the template is longer than " + maxBytes
                + " bytes (kvstore.template.max-output). Print less, or raise the limit.");
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        add(CharBuffer.wrap(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text) {
        add(text, 0, text.length());
    }

    @Override
    public void write(String text, int offset, int length) {
        add(text, offset, length);
    }

    private void add(CharSequence text, int offset, int length) {
        // A character takes at least one byte, so that longer text need not be measured.
        if (length > maxBytes - bytes) {
            throw tooLong(maxBytes);
        }
        int last = offset + length;
        for (int start = offset; start < last; start += Deadline.CHARACTERS_BETWEEN_CHECKS) {
            int end = Math.min(last, start + Deadline.CHARACTERS_BETWEEN_CHECKS);
            bytes += Utf8.length(text, start, end);
            if (bytes > maxBytes) {
                throw tooLong(maxBytes);
            }
            deadline.spend(end - start);
            output.append(text, start, end);
        }
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
