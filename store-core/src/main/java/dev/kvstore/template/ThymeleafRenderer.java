package dev.kvstore.template;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvTemplateException;
import dev.kvstore.KvTemplateException.Kind;
import dev.kvstore.TemplateSettings;
import dev.kvstore.engine.Names;
import dev.kvstore.engine.SettingNames;
import dev.kvstore.engine.Utf8;
import dev.kvstore.jdbc.TemplateRenderer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Renders entries with templates in Thymeleaf's text mode.
 *
 * <p>{@code [(${key})]} prints the value of an entry, and {@code ${#all}} is all entries; {@code docs/rendering.md}
 * describes the language. Neither a template nor a value can run code: at worst, rendering ends in an exception.
 *
 * <p>Both methods throw {@link IllegalArgumentException} if an argument is null or contains null, or the template
 * contains an unpaired surrogate; {@link KvLimitException} if the template or its output is too long; and
 * {@link KvTemplateException} if the template cannot be parsed or rendered. No exception and no log contains text of
 * the template or a value. The caller refuses keys and values with unpaired surrogates.
 *
 * <p>Thread-safe.
 */
public final class ThymeleafRenderer implements TemplateRenderer {

    private final TemplateLimits limits;
    private final NamedTemplates named;
    private final LongSupplier nanoTime;
    // Loading Thymeleaf would take a good part of the time to open a store, and most applications never render.
    private final SingletonSupplier<ThymeleafEngine> engine = SingletonSupplier.of(ThymeleafEngine::new);

    /**
     * Creates a renderer that loads named templates with the context class loader of the calling thread.
     *
     * <p>Threads that render later may have another class loader: on threads of the common pool it finds no resource in
     * an executable jar.
     */
    public ThymeleafRenderer(TemplateSettings settings) {
        this(settings, resourcesOfThisThread());
    }

    static ThymeleafRenderer with(TemplateSettings settings, SettingNames names) {
        return new ThymeleafRenderer(settings, names, resourcesOfThisThread(), System::nanoTime);
    }

    private static ResourceLoader resourcesOfThisThread() {
        return new DefaultResourceLoader(ClassUtils.getDefaultClassLoader());
    }

    ThymeleafRenderer(TemplateSettings settings, ResourceLoader resources) {
        this(settings, resources, System::nanoTime);
    }

    ThymeleafRenderer(TemplateSettings settings, ResourceLoader resources, LongSupplier nanoTime) {
        this(settings, SettingNames.OF_BUILDER, resources, nanoTime);
    }

    private ThymeleafRenderer(
            TemplateSettings settings, SettingNames names, ResourceLoader resources, LongSupplier nanoTime) {
        Assert.notNull(settings, "settings must not be null");
        Assert.notNull(resources, "resources must not be null");
        this.limits = new TemplateLimits(settings, names);
        this.named = new NamedTemplates(limits, resources);
        this.nanoTime = nanoTime;
    }

    @Override
    public String render(String template, Map<String, String> entries) {
        Map<String, String> group = copy(entries);
        if (Utf8.checkedLength("template", template) > limits.maxLength()) {
            throw limits.templateTooLong("The template");
        }
        return render(template, "the template", group);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads the resource at each call, as UTF-8, so that a change takes effect at once.
     *
     * @param name up to 255 letters, digits, {@code _}, {@code -} and {@code .}, with {@code /} between directories
     * @throws IllegalArgumentException also if the name has another form
     */
    @Override
    public String renderNamed(String name, Map<String, String> entries) {
        Map<String, String> group = copy(entries);
        return render(named.read(name), "the template '" + Names.printable(name) + "'", group);
    }

    private String render(String text, String template, Map<String, String> group) {
        Rendering rendering = new Rendering(group, limits, nanoTime);
        OutputWriter output = new OutputWriter(limits, rendering.deadline());
        try {
            engine.obtain().process(text, rendering, output);
        } catch (RuntimeException failed) {
            throw TemplateFailure.of(failed, template);
        } catch (StackOverflowError tooDeep) {
            throw new KvTemplateException(
                    Kind.RENDER, "Could not render " + template + ": it nests too deep for the stack of this thread");
        }
        return output.toString();
    }

    /** A copy, because the caller may change the map during the rendering. */
    private static Map<String, String> copy(@Nullable Map<String, String> entries) {
        Assert.notNull(entries, "entries must not be null");
        Map<String, String> copy = new LinkedHashMap<>(entries);
        copy.forEach((key, value) -> {
            Assert.notNull(key, "a key of the entries must not be null");
            Assert.notNull(value, "a value of the entries must not be null");
        });
        return Collections.unmodifiableMap(copy);
    }
}
