package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spec for tests: a few lines of YAML over the shortest valid spec, such as {@code training.epochs: 4}. Each line names a
 * key by its whole path; its value is YAML in one line.
 */
public final class TestSpec {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** The shortest spec, with the layout {@code question}, which needs no chat template. */
    public TestSpec() {
        set("base.model: base");
        set("dataset.train: train.jsonl");
        set("dataset.test: test.jsonl");
        set("dataset.template: question");
        set("evaluation.metrics: [accuracy]");
    }

    /** A spec with these lines. */
    public static FineTuneSpec with(String... lines) {
        return new TestSpec().set(lines).spec();
    }

    /** Adds lines; a later one of the same key replaces an earlier one. */
    public TestSpec set(String... lines) {
        for (String line : lines) {
            int colon = line.indexOf(": ");
            store(line.substring(0, colon), line.substring(colon + 2));
        }
        return this;
    }

    /** Sets a key to a Java value: a text, a number, a list, an enum constant, JSON; null is the default. */
    public TestSpec put(String key, @Nullable Object value) {
        if (value == null) {
            store(key, "null");
        } else if (value instanceof Enum<?> constant) {
            store(key, SpecWords.word(constant));
        } else {
            try {
                store(key, JSON.writeValueAsString(value));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return this;
    }

    @SuppressWarnings("unchecked")
    private void store(String key, String yaml) {
        Map<String, Object> section = values;
        String[] names = key.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            section = (Map<String, Object>) section.computeIfAbsent(names[i], name -> new LinkedHashMap<>());
        }
        section.put(names[names.length - 1], yaml);
    }

    /** The dataset's part. */
    public DatasetSpec dataset() {
        return spec().dataset();
    }

    /** The whole. */
    public FineTuneSpec spec() {
        StringBuilder text = new StringBuilder();
        write(values, "", text);
        return SpecReader.parse(text.toString().getBytes(StandardCharsets.UTF_8), "fine-tune.yaml");
    }

    private static void write(Map<?, ?> section, String indent, StringBuilder text) {
        section.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                text.append(String.format(Locale.ROOT, "%s%s:%n", indent, name));
                write(inner, indent + "  ", text);
            } else {
                text.append(String.format(Locale.ROOT, "%s%s: %s%n", indent, name, value));
            }
        });
    }
}
