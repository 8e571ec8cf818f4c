package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.imports.SpecDraft.Entry;
import io.github.ftmaven.runtime.yaml.CoreSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a draft as YAML with comments, its keys in the order of the spec. */
final class DraftText {
    private static final int WIDTH = 120;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./@*-]*(:[A-Za-z0-9_./@*-]+)*");

    /** Also the keys that a draft can have. */
    private static final List<String> ORDER = List.of(
            "name",
            "base.model",
            "base.quantization",
            "base.doubleQuantization",
            "dataset.train",
            "dataset.validation",
            "dataset.test",
            "dataset.system",
            "dataset.layout",
            "dataset.columns",
            "dataset.template",
            "dataset.templateArguments",
            "dataset.learn",
            "dataset.maxLength",
            "dataset.longExamples",
            "adapter.method",
            "adapter.rank",
            "adapter.alpha",
            "adapter.scaling",
            "adapter.dropout",
            "adapter.targets",
            "adapter.layers",
            "adapter.startFrom",
            "training.epochs",
            "training.learningRate",
            "training.optimizer",
            "training.schedule",
            "training.warmup",
            "training.weightDecay",
            "training.maxGradientNorm",
            "training.batchSize",
            "training.gradientCheckpointing",
            "training.precision",
            "training.seed",
            "training.validateEvery",
            "training.earlyStopping",
            "training.checkpointEvery",
            "evaluation.metrics",
            "artifact.formats");

    private final List<String> lines = new ArrayList<>();

    private DraftText() {}

    /** Writes a draft. */
    static String of(SpecDraft draft, List<String> head, List<String> foot) {
        if (!ORDER.containsAll(draft.entries().keySet())) {
            throw new IllegalStateException(
                    "unknown keys among " + draft.entries().keySet());
        }
        DraftText text = new DraftText();
        head.forEach(sentence -> text.comment("", sentence));
        String section = "";
        for (String path : ORDER) {
            Entry entry = draft.entries().get(path);
            if (entry == null) {
                continue;
            }
            int dot = path.indexOf('.');
            String own = dot < 0 ? "" : path.substring(0, dot);
            if (!own.equals(section) || dot < 0) {
                text.lines.add("");
            }
            if (dot >= 0 && !own.equals(section)) {
                text.lines.add(own + ":");
            }
            section = own;
            text.entry(dot < 0 ? "" : "  ", path.substring(dot + 1), entry);
        }
        if (!foot.isEmpty()) {
            text.lines.add("");
            foot.forEach(sentence -> text.comment("", sentence));
        }
        return String.join("\n", text.lines) + "\n";
    }

    private void entry(String indent, String key, Entry entry) {
        List<String> value = new ArrayList<>();
        value(indent + key + ":", indent, entry.value(), value);
        String comment = entry.comment();
        if (comment != null && value.size() == 1 && value.get(0).length() + comment.length() + 4 <= WIDTH) {
            lines.add(value.get(0) + "  # " + comment);
            return;
        }
        if (comment != null) {
            comment(indent, comment);
        }
        lines.addAll(value);
    }

    private static void value(String key, String indent, JsonNode value, List<String> out) {
        if (value.isObject()) {
            out.add(key);
            value.properties()
                    .forEach(entry ->
                            value(indent + "  " + scalar(entry.getKey()) + ":", indent + "  ", entry.getValue(), out));
            return;
        }
        if (!value.isArray()) {
            out.add(key + " " + scalar(value));
            return;
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(scalar(item)));
        String flow = key + " [" + String.join(", ", items) + "]";
        if (flow.length() <= WIDTH) {
            out.add(flow);
        } else {
            out.add(key);
            items.forEach(item -> out.add(indent + "  - " + item));
        }
    }

    private static String scalar(JsonNode value) {
        return value.isTextual() ? scalar(value.asText()) : value.toString();
    }

    /** As YAML 1.2 in double quotes unless it is certainly read back as this text. */
    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && CoreSchema.tag(text).equals(Tag.STR) ? text : Quoted.of(text);
    }

    /** Comments in lines that fit. */
    private void comment(String indent, String sentence) {
        StringBuilder line = new StringBuilder(indent + "#");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > indent.length() + 1) {
                lines.add(line.toString());
                line = new StringBuilder(indent + "#  ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}
