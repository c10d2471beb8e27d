package dev.kvstore.template;

import static dev.kvstore.template.Rendered.group;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.kvstore.TemplateSettings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Rendering logs neither templates nor values, at any level. */
class TemplateLoggingTest {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private Level level;

    @BeforeEach
    void captureAllLevels() {
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stopCapturing() {
        root.detachAppender(appender);
        root.setLevel(level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret [(${value})] [[${value}]]",
                "[(${value} == 's3cret')] [(${value} != 's3cret')] [(${value} > 's3cret')]",
                "[('s3cret' + ${value})] [(|s3cret ${value}|)] [(${value} ?: 's3cret')]",
                "[# th:if=\"${value} == 's3cret' and not ${none}\"]s3cret[/]",
                "[# th:switch=\"${value}\"][# th:case=\"'s3cret'\"]s3cret[/][# th:case=\"*\"]s3cret[/][/]",
                "[# th:each=\"s3cret : ${#all}\"][(${s3cret.value})][/]",
                "[(s3cret s3cret)]",
                "[(${s3cret(})]",
                "[(#{s3cret})] [(@{/s3cret})]",
                "[# th:s3cret=\"s3cret\"]s3cret[/]",
                "[# th:inline=\"s3cret\"]s3cret[/]",
                "[# th:if=\"s3cret\"]s3cret",
                "s3cret[/s3cret]",
                "[('s3cret' * ${value})]"
            })
    void neitherTheTemplateNorAValueIsLogged(String template) {
        for (TemplateSettings settings : List.of(TemplateSettings.DEFAULTS, Rendered.STRICT)) {
            ThymeleafRenderer renderer = new ThymeleafRenderer(settings);
            renderTwice(renderer, template);
        }
        assertThat(appender.list).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain("s3cret");
            IThrowableProxy thrown = event.getThrowableProxy();
            assertThat(thrown == null ? "" : ThrowableProxyUtil.asString(thrown))
                    .doesNotContain("s3cret");
        });
    }

    private static void renderTwice(ThymeleafRenderer renderer, String template) {
        for (int i = 0; i < 2; i++) {
            try {
                renderer.render(template, group("value", "s3cret"));
            } catch (RuntimeException expected) {
                assertThat(expected.toString()).doesNotContain("s3cret");
            }
        }
    }

    @Test
    void messagesOfThymeleafAreCaptured() {
        new ThymeleafRenderer(TemplateSettings.DEFAULTS).render("x", group());
        assertThat(appender.list).anyMatch(event -> event.getLoggerName().startsWith("org.thymeleaf"));
    }
}
