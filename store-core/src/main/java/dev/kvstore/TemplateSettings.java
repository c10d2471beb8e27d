package dev.kvstore;

import java.time.Duration;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Where named templates are found, and the limits of templates. Immutable; every component must be non-null.
 *
 * <pre>{@code
 * TemplateSettings strict = new TemplateSettings(
 *         "file:/etc/example/templates/", ".txt", true,
 *         DataSize.ofKilobytes(64), DataSize.ofMegabytes(1), Duration.ofSeconds(1));
 * SqliteKvStore kv = SqliteKvStore.builder().inMemory().templates(strict).build();
 * }</pre>
 *
 * @param prefix the Spring resource location of named templates, ending in a slash
 * @param suffix the end of the resource name of each template, may be empty
 * @param strict whether a key that is missing from the group is an error instead of empty text
 * @param maxLength the maximum length of a template, in UTF-8 bytes, less than 2 GB
 * @param maxOutput the maximum length of the output, in UTF-8 bytes, less than 2 GB
 * @param timeout the maximum duration of one rendering
 * @since 0.1
 */
public record TemplateSettings(
        String prefix, String suffix, boolean strict, DataSize maxLength, DataSize maxOutput, Duration timeout) {

    /**
     * The default settings: templates {@code classpath:/kvstore/templates/*.txt}, not strict, up to 256 KB of template
     * and 4 MB of output, 5 seconds.
     */
    public static final TemplateSettings DEFAULTS = new TemplateSettings(
            "classpath:/kvstore/templates/",
            ".txt",
            false,
            DataSize.ofKilobytes(256),
            DataSize.ofMegabytes(4),
            Duration.ofSeconds(5));

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a component is null, the prefix does not end in a slash, or a limit is not
     *     positive or too large
     */
    public TemplateSettings {
        Assert.hasText(prefix, "prefix must be a resource location, such as 'classpath:/kvstore/templates/'");
        Assert.isTrue(prefix.endsWith("/"), "prefix must end in a slash");
        Assert.notNull(suffix, "suffix must not be null");
        checkSize("maxLength", maxLength);
        checkSize("maxOutput", maxOutput);
        Assert.notNull(timeout, "timeout must not be null");
        Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "timeout must be positive");
    }

    private static void checkSize(String component, DataSize size) {
        Assert.notNull(size, () -> component + " must not be null");
        Assert.isTrue(
                size.toBytes() > 0 && size.toBytes() <= Integer.MAX_VALUE,
                () -> component + " must be positive and less than 2 GB");
    }
}
