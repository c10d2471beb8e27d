package dev.kvstore.sample;

import dev.kvstore.KvLimitException;
import dev.kvstore.KvStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The page and its forms: each form changes the store and redirects the browser to the page. */
@Controller
class SampleController {

    private static final String PLAIN_TEXT = "text/plain;charset=UTF-8";
    private static final int LONGEST = 3600;

    private final KvStore kv;
    private final VisitCounter visits;
    private final SamplePage page;

    SampleController(KvStore kv, VisitCounter visits, SamplePage page) {
        this.kv = kv;
        this.visits = visits;
        this.page = page;
    }

    @GetMapping("/")
    String visit(Model model) {
        return page.show(visits.next(), Typed.NOTHING, model);
    }

    @PostMapping("/note")
    String setNote(@RequestParam String value, @RequestParam long seconds) {
        if (seconds < 1 || seconds > LONGEST) {
            throw new IllegalArgumentException("Choose between 1 and " + LONGEST + " seconds.");
        }
        kv.set("sample", "note", value, Duration.ofSeconds(seconds));
        return "redirect:/#ttl";
    }

    /** The current note in the store; the page requests it when its countdown ends. */
    @GetMapping(path = "/note", produces = PLAIN_TEXT)
    ResponseEntity<String> readNote() {
        Optional<String> note = kv.get("sample", "note");
        return note.map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PostMapping("/order")
    String setEntry(@RequestParam String key, @RequestParam String value) {
        kv.set("order", key, value);
        return "redirect:/#group";
    }

    @PostMapping("/order/delete")
    String deleteEntry(@RequestParam String key) {
        kv.delete("order", key);
        return "redirect:/#group";
    }

    @PostMapping("/template")
    String setTemplate(@RequestParam String template) {
        kv.set("sample", "template", template);
        return "redirect:/#template";
    }

    @PostMapping("/template/reset")
    String resetTemplate() {
        kv.delete("sample", "template");
        return "redirect:/#template";
    }

    /** Renders a template while it is typed, and keeps it, so that submitting another form does not lose it. */
    @PostMapping(path = "/render", produces = PLAIN_TEXT)
    ResponseEntity<String> render(@RequestParam String template) {
        Preview preview = page.preview(template);
        if (preview.failed()) {
            return ResponseEntity.unprocessableContent().body(preview.text());
        }
        kv.set("sample", "template", template);
        return ResponseEntity.ok(preview.text());
    }

    @ExceptionHandler({KvLimitException.class, IllegalArgumentException.class})
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    String refuse(Exception refusal, HttpServletRequest request, Model model) {
        model.addAttribute("problem", refusal.getMessage());
        return page.show(visits.current(), new Typed(request), model);
    }

    @ExceptionHandler({
        ServletRequestBindingException.class,
        TypeMismatchException.class,
        InvalidParameterException.class
    })
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    String refuseIncomplete(HttpServletRequest request, Model model) {
        model.addAttribute("problem", "A field of the form is missing, too long to be sent, or not valid.");
        return page.show(visits.current(), new Typed(request), model);
    }
}
