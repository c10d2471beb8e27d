package dev.kvstore;

import java.time.Duration;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How templates are found and what bounds them.
 *
 * @param prefix where named templates are, a Spring resource location that ends in a slash
 * @param suffix what a template's resource name ends in, possibly empty
 * @param strict whether a key that is missing from the group is an error, instead of empty text
 * @param maxLength the longest template, in UTF-8 bytes, less than 2 GB
 * @param maxOutput the longest output, in UTF-8 bytes, less than 2 GB
 * @param timeout how long one rendering may take
 */
public record TemplateSettings(
        String prefix, String suffix, boolean strict, DataSize maxLength, DataSize maxOutput, Duration timeout) {

    /** Templates in {@code classpath:/kvstore/templates/*.txt}, lenient, 256 KB in, 4 MB out, 5 seconds. */
    public static final TemplateSettings DEFAULTS = new TemplateSettings(
            "classpath:/kvstore/templates/",
            ".txt",
            false,
            DataSize.ofKilobytes(256),
            DataSize.ofMegabytes(4),
            Duration.ofSeconds(5));

    /** Refuses null, a prefix that is no directory, and bounds that are not positive. */
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
