package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random templates end soon, in text or in the interpreter's own error, whatever they ask for. {@code -Dfuzz.inputs=N}
 * runs so many, {@code -Dfuzz.seed=N} others, {@code -Dfuzz.steps=N} with more steps; {@code -Dfuzz.out=FILE} writes what
 * harmless ones gave, for {@code tools/check_templates.py} to compare with Python's jinja2.
 */
@Tag("fuzz")
class TemplateFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 12_000);
    private static final long STEPS = Long.getLong("fuzz.steps", 1_000_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_201);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-07-10T00:00:00Z"), ZoneOffset.UTC);
    /** Of the processor, so that a busy machine does not count. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String HOSTILE_SETTING = "{% set ns = namespace(a=1) %}{% set ns.me = ns %}"
            + "{% macro m(a, b=2) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}"
            + "{% set ns.l = [] %}{% for i in range(150) %}{% set ns.l = [ns.l] %}{% endfor %}{% set deep = ns.l %}"
            + "{% for i in range(20000) %}{% set ns.l = [ns.l] %}{% endfor %}{% set deeper = ns.l %}"
            + "{% set ns.l = (1, 1) %}{% for i in range(60) %}{% set ns.l = (ns.l, ns.l) %}{% endfor %}"
            + "{% set ladder = ns.l %}{% set pairs = [ns.l, ns.l] %}{% set ns.l = 1 %}";

    private static final Map<String, Object> DATA = data();

    private static Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("l", new ArrayList<>(List.of(1L, "two", 3.0)));
        data.put("d", new LinkedHashMap<>(Map.of("k", "v")));
        data.put("s", "some text");
        data.put("n", 12L);
        List<Object> wide = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            wide.add("item " + i % 100);
        }
        data.put("wide", wide);
        return data;
    }

    @Test
    void hostileTemplatesEnd() {
        Expressions expressions = new Expressions(SEED, true);
        long started = System.nanoTime();
        for (int i = 0; i < INPUTS; i++) {
            outcome(HOSTILE_SETTING + expressions.template());
        }
        tell("hostile", started);
    }

    @Test
    void harmlessTemplatesEnd() throws IOException {
        Expressions expressions = new Expressions(SEED, false);
        String out = System.getProperty("fuzz.out");
        long started = System.nanoTime();
        int texts = 0;
        try (BufferedWriter lines = out == null ? null : Files.newBufferedWriter(Path.of(out))) {
            for (int i = 0; i < INPUTS; i++) {
                String template = expressions.template();
                Outcome outcome = outcome(template);
                texts += outcome.text == null ? 0 : 1;
                if (lines != null) {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("template", template);
                    line.put("text", outcome.text);
                    line.put("error", outcome.error);
                    lines.write(new ObjectMapper().writeValueAsString(line));
                    lines.write("\n");
                }
            }
        }
        tell("harmless", started);
        assertThat(texts).as("templates that gave a text").isGreaterThan(INPUTS / 6);
    }

    private static void tell(String kind, long started) {
        System.out.printf(
                Locale.ROOT, "%s expressions: %d inputs, %.1f s%n", kind, INPUTS, (System.nanoTime() - started) / 1e9);
    }

    private record Outcome(@Nullable String text, @Nullable String error) {}

    private static Outcome outcome(String template) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            String text = Budget.within(
                    STEPS, () -> Template.of(template).render(DATA, CLOCK).text());
            return new Outcome(text, null);
        } catch (TemplateException e) {
            assertThat(e.getMessage())
                    .as(template)
                    .startsWith("line ")
                    .doesNotContain("an error of this plugin")
                    .hasSizeLessThan(3_000);
            return new Outcome(null, e.getMessage());
        } catch (RuntimeException | Error e) {
            return fail(template, e);
        } finally {
            Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
            if (taken.compareTo(LONGEST) > 0) {
                fail("took " + taken + ": " + template);
            }
        }
    }
}
