package io.github.ftmaven.runtime.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are built to end a run, or to take forever: such a row is judged, or an error; the others keep theirs. */
class HostileRowTest {
    private static final int MANY = 20_000;

    /** Of the processor's time, so that a busy machine decides nothing. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("divs", "<div>".repeat(MANY));
        texts.put("closed divs", "<div>".repeat(MANY) + "</div>".repeat(MANY));
        texts.put("paragraphs in tables", "<table><p>".repeat(MANY / 10));
        texts.put("formatting", "<b><i>".repeat(MANY / 10) + "</b></i>".repeat(MANY / 10));
        texts.put("tags that never close", "<a ".repeat(MANY));
        texts.put("quotes that never close", "<a '".repeat(MANY) + "\"");
        texts.put("a comment of hyphens", "<!--" + "-a".repeat(MANY));
        texts.put("comments", "<!--".repeat(MANY));
        texts.put("declarations", "<![".repeat(MANY) + "<?".repeat(MANY) + "<!".repeat(MANY));
        texts.put("brackets", "[".repeat(MANY));
        texts.put("closed brackets", "[".repeat(MANY) + "]".repeat(MANY));
        texts.put("braces", "{".repeat(MANY));
        texts.put("closed braces", "{\"a\":".repeat(MANY) + "1" + "}".repeat(MANY));
        texts.put("braces in comments", "{a, # {\n".repeat(MANY));
        texts.put("slashes", "{" + "//".repeat(MANY));
        texts.put("elements", "<a><b>".repeat(MANY / 10) + "</b></a>".repeat(MANY / 10));
        texts.put("siblings", "<a>x</a> ".repeat(MANY));
        texts.put("blanks", "a" + " ".repeat(10 * MANY) + "b");
        texts.put("full stops", ".".repeat(MANY) + "a");
        texts.put("quotes", "\"'".repeat(MANY));
        texts.put("words", "ab ".repeat(MANY));
        texts.put("letters", "a".repeat(10 * MANY));
        texts.put("digits", "1".repeat(10 * MANY));
        texts.put(
                "a bomb",
                "<!DOCTYPE a [<!ENTITY x \"" + "y".repeat(1000) + "\"><!ENTITY z \"" + "&x;".repeat(1000) + "\">]><a>"
                        + "&z;".repeat(1000) + "</a>");
        texts.put(
                "aliases",
                "{a: &a [x], b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a],"
                        + " c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b], d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c],"
                        + " e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d], f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e],"
                        + " g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f], h: [*g, *g]}");
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "is-html",
                "contains-html",
                "is-xml",
                "contains-xml",
                "is-json",
                "contains-json",
                "equals, value: {a: 1}",
                "word-count, value: 3",
                "regex, value: '^b*$'",
                "is-refusal",
                "rouge-n, value: a b c",
                "bleu, value: a b c",
                "gleu, value: a b c",
                "levenshtein, value: a b c",
                "tool-call-f1, value: [a]",
                "is-valid-openai-tools-call",
                "javascript, value: output.length > 0"
            })
    void aRowIsJudgedOrAnError(String assertion) throws Exception {
        StringBuilder suite = new StringBuilder("prompts: [p]\nproviders: [echo]\ntests:\n");
        int number = 0;
        for (String text : texts().values()) {
            String file = "t" + number++ + ".txt";
            Files.writeString(directory.resolve(file), text, UTF_8);
            suite.append("  - {options: {transform: \"context.vars.q\"}, vars: {q: file://")
                    .append(file)
                    .append("}, assert: [{type: ")
                    .append(assertion)
                    .append("}]}\n");
        }
        suite.append("  - {assert: [{type: equals, value: p}]}\n");
        Path file = Files.writeString(directory.resolve("s.yaml"), suite, UTF_8);
        long start = processorTime();
        List<ResultRow> rows = onSmallStack(file);
        assertThat(rows).hasSize(texts().size() + 1);
        assertThat(rows.get(rows.size() - 1).passed()).isTrue();
        List<String> names = List.copyOf(texts().keySet());
        for (int i = 0; i < names.size(); i++) {
            ResultRow row = rows.get(i);
            assertThat(row.error() == null || !row.error().contains("cannot be judged: "))
                    .as(names.get(i) + ": " + row.error())
                    .isTrue();
        }
        assertThat(Duration.ofNanos(processorTime() - start)).isLessThan(LIMIT);
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static List<ResultRow> onSmallStack(Path file) throws Exception {
        Suite suite = SuiteReader.read(file, "s.yaml", true, Map.of());
        List<List<ResultRow>> rows = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> rows.add(new SuiteRun(suite, Map.of(), Map.of(), (done, total) -> {}).run()),
                "small",
                256 << 10);
        thread.start();
        thread.join();
        return rows.get(0);
    }
}
