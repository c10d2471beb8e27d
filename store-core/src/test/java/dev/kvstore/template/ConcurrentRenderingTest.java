package dev.kvstore.template;

import static dev.kvstore.template.Rendered.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.TemplateSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;

/** A renderer is thread-safe, and tolerates a caller that changes the entries. */
class ConcurrentRenderingTest {

    private static final int THREADS = 8;
    private static final int RENDERS = 200;

    private final ThymeleafRenderer renderer = new ThymeleafRenderer(TemplateSettings.DEFAULTS);
    private final CountDownLatch start = new CountDownLatch(1);

    @Test
    void manyThreadsCanUseARendererAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> wrong = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                wrong.add(threads.submit(() -> wrongOutputs(number)));
            }
            start.countDown();
            for (Future<List<String>> outputs : wrong) {
                assertThat(outputs.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> wrongOutputs(int thread) throws InterruptedException {
        start.await();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < RENDERS; i++) {
            String one = thread + "-" + i;
            String template = "[# th:each=\"e : ${#all}\"][(${eStat.count})][(${e.key})]=[[${e.value}]] [/]"
                    + "[# th:switch=\"${a}\"][# th:case=\"'" + one + "'\"]own[/][# th:case=\"*\"]other[/][/]"
                    + (i % 2 == 0 ? "" : " [(${a} + '" + i + "')]");
            String output = renderer.render(template, group("a", one, "b", "<" + i + ">"));
            String expected = "1a=" + one + " 2b=&lt;" + i + "&gt; own" + (i % 2 == 0 ? "" : " " + one + i);
            if (!output.equals(expected)) {
                wrong.add(output);
            }
        }
        return wrong;
    }

    @Test
    void aChangeOfTheEntriesDuringARenderingHasNoEffect() {
        var entries = group("a", "1");
        ThymeleafRenderer changing =
                new ThymeleafRenderer(TemplateSettings.DEFAULTS, new DefaultResourceLoader(), () -> {
                    entries.put("b", "2");
                    return 0;
                });
        assertThat(changing.render("[# th:each=\"e : ${#all}\"][(${e.key})][/]", entries))
                .isEqualTo("a");
    }
}
