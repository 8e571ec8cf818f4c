package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.lmeval.TaskConfig.FewShot;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code num_fewshot} and {@code fewshot_config}. */
final class FewShotReader {
    private static final String INDICES = "fewshot_indices";
    private static final Set<String> KEYS = Set.of(
            "sampler",
            "split",
            "samples",
            "process_docs",
            "doc_to_text",
            "doc_to_target",
            "doc_to_choice",
            "gen_prefix",
            "target_delimiter",
            "fewshot_delimiter",
            INDICES);

    private final TaskKeys declaration;
    private final FieldReader fields;

    private FewShotReader(TaskKeys declaration, FieldReader fields) {
        this.declaration = declaration;
        this.fields = fields;
    }

    /**
     * Reads a task's few-shot examples, and adds mistakes to the declaration.
     *
     * @param overridden replaces {@code num_fewshot}; null for the task's own
     * @param delimiter the task's {@code fewshot_delimiter}
     */
    static FewShot read(TaskKeys declaration, FieldReader fields, @Nullable Integer overridden, String delimiter) {
        FewShotReader reader = new FewShotReader(declaration, fields);
        return reader.read(reader.count(overridden), delimiter);
    }

    /** lm-eval never overrides a zero in the task itself. */
    private int count(@Nullable Integer overridden) {
        int own = declaration.whole("num_fewshot", 0, 0);
        if (overridden != null && declaration.has("num_fewshot") && own == 0 && overridden != 0) {
            declaration.mistake(
                    declaration.place("num_fewshot"),
                    "num_fewshot: the task itself sets 0, which fewShot does not override. Remove one of the two.");
        }
        return overridden == null ? own : overridden;
    }

    private FewShot read(int count, String delimiter) {
        ObjectNode config = declaration.mapping("fewshot_config");
        String at = declaration.place("fewshot_config");
        if (config.has(INDICES)) {
            declaration.mistake(
                    declaration.place(config, INDICES),
                    "fewshot_config.fewshot_indices has no effect in lm-eval 0.4.13. Write the documents in"
                            + " fewshot_config.samples, or put them into a split of their own.");
        }
        declaration.checkKeys(config, "fewshot_config", KEYS);
        String sampler = declaration.text(config.path("sampler"), at, "fewshot_config.sampler", "default");
        if (!sampler.equals("default") && !sampler.equals("first_n")) {
            declaration.mistake(
                    declaration.place(config, "sampler"),
                    "fewshot_config.sampler: '" + sampler + "' is not supported, only default and first_n.");
        }
        List<Map<Object, Object>> samples = null;
        if (config.hasNonNull("samples") && TaskKeys.function(config.path("samples")) == null) {
            samples = new ArrayList<>();
            if (declaration.has("fewshot_split") || config.hasNonNull("split")) {
                declaration.mistake(
                        declaration.place(config, "samples"),
                        "fewshot_split takes precedence over fewshot_config.samples, which would be ignored. Remove one.");
            }
            JsonNode given = config.path("samples");
            if (!given.isArray() || given.isEmpty() || !given.valueStream().allMatch(JsonNode::isObject)) {
                declaration.mistake(
                        declaration.place(config, "samples"), "fewshot_config.samples must be a list of documents.");
            } else {
                for (JsonNode sample : given) {
                    samples.add(Columns.object(Values.of(sample)));
                }
            }
        }
        return new FewShot(
                count,
                sampler.equals("first_n"),
                samples,
                fields.read(config.path("doc_to_text"), at, "fewshot_config.doc_to_text"),
                fields.read(config.path("doc_to_target"), at, "fewshot_config.doc_to_target"),
                fields.read(config.path("doc_to_choice"), at, "fewshot_config.doc_to_choice"),
                config.has("gen_prefix")
                        ? fields.read(config.path("gen_prefix"), at, "fewshot_config.gen_prefix")
                        : fields.read("gen_prefix"),
                declaration.text(
                        config.path("target_delimiter"),
                        at,
                        "fewshot_config.target_delimiter",
                        declaration.text("target_delimiter", " ")),
                declaration.text(config.path("fewshot_delimiter"), at, "fewshot_config.fewshot_delimiter", delimiter));
    }
}
