package dev.kvstore.sample;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvStore;
import dev.kvstore.KvTemplateException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Reads the content of the page from the store. */
@Component
class SamplePage {

    private static final String MEMORY = ":memory:";

    private final KvStore kv;
    private final String place;

    SamplePage(KvStore kv, @Value("${kvstore.path}") String path) {
        this.kv = kv;
        this.place = path.equals(MEMORY)
                ? MEMORY
                : Path.of(path).toAbsolutePath().normalize().toString();
    }

    String show(long visits, Typed typed, Model model) {
        Map<String, String> entries = kv.getAll("order");
        String template =
                typed.in("/template", "template", kv.get("sample", "template").orElse(ExampleOrder.TEMPLATE));
        model.addAttribute("place", place);
        model.addAttribute("visits", visits);
        model.addAttribute("note", note().orElse(null));
        model.addAttribute("entries", entries);
        model.addAttribute("typed", typed);
        model.addAttribute("template", template);
        model.addAttribute("preview", preview(template));
        return "page";
    }

    Preview preview(String template) {
        try {
            String output = kv.render(template, "order");
            return new Preview(output, false);
        } catch (KvTemplateException | KvLimitException refused) {
            return new Preview(String.valueOf(refused.getMessage()), true);
        }
    }

    private Optional<Note> note() {
        return kv.group("sample")
                .entry("note")
                .flatMap(entry -> entry.expiresAt().map(end -> Note.until(end, entry.value())));
    }
}
