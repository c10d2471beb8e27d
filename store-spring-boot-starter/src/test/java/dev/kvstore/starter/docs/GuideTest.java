package dev.kvstore.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kvstore.KvEntry;
import dev.kvstore.KvStore;
import dev.kvstore.sqlite.SqliteKvStore;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each class of the guide does what the guide says. */
class GuideTest {

    private static final Page GUIDE = Page.read("docs/guide.md");
    private static final Pattern NAME = Pattern.compile("(?m)^class (\\w+) ");

    private final SqliteKvStore kv = SqliteKvStore.inMemory();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        kv.close();
    }

    @Test
    void aOneTimeCodeIsRedeemedOnce() throws Exception {
        Object codes = component("LoginCodes");

        call(codes, "issue", "ada", "1234");
        assertThat(call(codes, "redeem", "ada", "1234")).isEqualTo(true);
        assertThat(call(codes, "redeem", "ada", "1234")).isEqualTo(false);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() throws Exception {
        Object payments = component("Payments");
        Supplier<String> again = () -> {
            throw new AssertionError("The work was done twice");
        };

        assertThat(call(payments, "pay", "key", (Supplier<String>) () -> {
                    assertThat(callUnchecked(payments, "pay", "key", again)).isEqualTo("under way");
                    return "paid";
                }))
                .isEqualTo("paid");
        assertThat(call(payments, "pay", "key", again)).isEqualTo("paid");
    }

    @Test
    void theLimitAllowsAHundredCalls() throws Exception {
        Object limit = component("CallLimit");

        for (int i = 0; i < 100; i++) {
            assertThat(call(limit, "allows", "ada")).isEqualTo(true);
        }
        assertThat(call(limit, "allows", "ada")).isEqualTo(false);
        assertThat(call(limit, "allows", "bob")).isEqualTo(true);
    }

    @Test
    void theSecondOfTwoEditorsIsRefused() throws Exception {
        Object profiles = component("Profiles");
        Object profile = profile(profiles, "Ada");
        assertThat(call(profiles, "save", "ada", 0L, profile)).isEqualTo(true);
        KvEntry<?> read = (KvEntry<?>) ((Optional<?>) call(profiles, "edit", "ada")).orElseThrow();

        assertThat(call(profiles, "save", "ada", read.version(), profile(profiles, "Ada L.")))
                .isEqualTo(true);
        assertThat(call(profiles, "save", "ada", read.version(), profile(profiles, "Augusta")))
                .isEqualTo(false);
    }

    private static Object profile(Object profiles, String name) throws Exception {
        Constructor<?> constructor = profiles.getClass().getDeclaredClasses()[0].getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(name, "London");
    }

    @Test
    void anItemIsAddedToACart() throws Exception {
        Object carts = component("Carts");

        call(carts, "add", "ada", "tea");
        call(carts, "add", "ada", "milk");
        assertThat(kv.get("carts", "ada")).hasValue("tea,milk");
    }

    @Test
    void aTransferChangesBothBalances() throws Exception {
        kv.set("balances", "ada", "100");
        Object accounts = component("Accounts");

        assertThat(call(accounts, "transfer", "ada", "bob", 70L)).isEqualTo(true);
        assertThat(call(accounts, "transfer", "ada", "bob", 70L)).isEqualTo(false);
        assertThat(kv.getAll("balances")).isEqualTo(Map.of("ada", "30", "bob", "70"));
    }

    @Test
    void aRateIsLoadedOnce() throws Exception {
        Object rates = component("Rates");
        Supplier<String> again = () -> {
            throw new AssertionError("The service was called twice");
        };

        assertThat(call(rates, "rate", "EUR", (Supplier<String>) () -> "1.17")).isEqualTo("1.17");
        assertThat(call(rates, "rate", "EUR", again)).isEqualTo("1.17");
    }

    @Test
    void aReportIsPublishedByOneInstanceAtATime() throws Exception {
        Object reports = component("DailyReport");
        LongConsumer mustNotRun = token -> {
            throw new AssertionError("Two instances publish at once");
        };

        assertThat(call(reports, "publish", "Monday", (LongConsumer) first -> {
                    assertThat(callUnchecked(reports, "publish", "Monday", mustNotRun))
                            .isEqualTo(false);
                    callUnchecked(reports, "store", "Monday", first);
                }))
                .isEqualTo(true);
        assertThat(call(reports, "publish", "Tuesday", (LongConsumer) second -> {
                    callUnchecked(reports, "store", "Tuesday", second);
                    assertThatThrownBy(() -> call(reports, "store", "Tuesday", second - 1))
                            .hasCauseInstanceOf(IllegalStateException.class);
                }))
                .isEqualTo(true);
    }

    @Test
    void aJobIsDoneByOneWorker() throws Exception {
        Object jobs = component("Jobs");
        List<String> done = new ArrayList<>();
        call(jobs, "add", "1", "sweep");

        assertThat(call(jobs, "workOnOne", (Consumer<String>) work -> {
                    assertThat(callUnchecked(jobs, "workOnOne", (Consumer<String>) done::add))
                            .isEqualTo(false);
                    done.add(work);
                }))
                .isEqualTo(true);
        assertThat(call(jobs, "workOnOne", (Consumer<String>) done::add)).isEqualTo(false);
        assertThat(done).containsExactly("sweep");
    }

    @Test
    void aFlagIsTheCurrentOne() throws Exception {
        kv.set("flags", "old", "true");
        Object flags = component("Flags");

        assertThat(call(flags, "isOn", "old")).isEqualTo(true);
        assertThat(call(flags, "isOn", "new")).isEqualTo(false);
        kv.set("flags", "new", "true");
        kv.delete("flags", "old");
        await().until(() -> call(flags, "isOn", "new").equals(true));
        await().until(() -> call(flags, "isOn", "old").equals(false));
    }

    @Test
    void aChangedLimitCounts() throws Exception {
        Object limits = component("Limits");

        assertThat(call(limits, "uploads")).isEqualTo(10);
        call(limits, "change", Map.of("uploads", 20));
        assertThat(call(limits, "uploads")).isEqualTo(20);
    }

    @Test
    void eachClassOfTheGuideIsRunByATest() throws Exception {
        List<String> tested = new ArrayList<>();
        for (String block : GUIDE.blocks("java")) {
            tested.add(name(block));
        }

        assertThat(tested)
                .containsExactly(
                        "LoginCodes",
                        "Payments",
                        "CallLimit",
                        "Profiles",
                        "Carts",
                        "Accounts",
                        "Rates",
                        "DailyReport",
                        "Jobs",
                        "Flags",
                        "Limits");
    }

    private Object component(String name) throws Exception {
        String source = GUIDE.blocks("java").stream()
                .filter(block -> name(block).equals(name))
                .findFirst()
                .orElseThrow();
        Constructor<?> constructor = Snippet.compile(name, source, directory).getDeclaredConstructor(KvStore.class);
        constructor.setAccessible(true);
        return constructor.newInstance(kv);
    }

    private static String name(String block) {
        Matcher matcher = NAME.matcher(block);
        assertThat(matcher.find()).as(block).isTrue();
        return matcher.group(1);
    }

    private static Object callUnchecked(Object component, String method, Object... arguments) {
        try {
            return call(component, method, arguments);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(Object component, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(component.getClass().getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method.invoke(component, arguments);
    }
}
