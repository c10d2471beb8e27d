package dev.kvstore.template;

import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Reads templates that are resources: a name between the prefix and the suffix of the settings. */
final class NamedTemplates {

    /**
     * Letters, digits and {@code _ - .}, in parts between single slashes; no part starts or ends with a dot. Excludes
     * every character that has a special meaning in a resource location, a URL or a file system.
     */
    private static final Pattern NAME = Pattern.compile("(?!.*\\.(/|$))[\\p{L}\\p{M}\\p{N}_-][\\p{L}\\p{M}\\p{N}_.-]*"
            + "(/[\\p{L}\\p{M}\\p{N}_-][\\p{L}\\p{M}\\p{N}_.-]*)*");

    /** The maximum length of a file name. Matching the pattern takes stack in proportion to the length of the name. */
    private static final int MAX_NAME_LENGTH = 255;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final TemplateLimits limits;
    private final ResourceLoader resources;

    NamedTemplates(TemplateLimits limits, ResourceLoader resources) {
        this.limits = limits;
        this.resources = resources;
    }

    static void checkName(@Nullable String name) {
        if (name == null
                || name.length() > MAX_NAME_LENGTH
                || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Template name "
                    + (name == null ? "is null" : "'" + Names.printable(name) + "' is not allowed")
                    + ". A name consists of up to 255 letters, digits, '_', '-' and '.',"
                    + " with '/' between directories.");
        }
    }

    /** Returns the current text of a template. */
    String read(String name) {
        checkName(name);
        TemplateSettings settings = limits.settings();
        String location = settings.prefix() + name + settings.suffix();
        try {
            Resource resource = resources.getResource(location);
            if (resource.isFile() && !resource.getFile().isFile()) {
                throw new NoSuchFileException(location);
            }
            try (InputStream stream = resource.getInputStream()) {
                return decode(bytes(stream, name));
            }
        } catch (FileNotFoundException | NoSuchFileException missing) {
            throw failure(name, "'" + Names.printable(location) + "' does not exist");
        } catch (CharacterCodingException malformed) {
            throw failure(name, "'" + Names.printable(location) + "' is not UTF-8");
        } catch (IOException unreadable) {
            throw failure(name, "'" + Names.printable(location) + "' could not be read");
        }
    }

    private byte[] bytes(InputStream stream, String name) throws IOException {
        byte[] bytes = stream.readNBytes((int) limits.maxLength());
        if (stream.read() >= 0) {
            throw limits.templateTooLong("The template '" + Names.printable(name) + "'");
        }
        return bytes;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static KvTemplateException failure(String name, String reason) {
        return new KvTemplateException(
                Kind.RENDER, "Could not render the template '" + Names.printable(name) + "': " + reason);
    }
}
