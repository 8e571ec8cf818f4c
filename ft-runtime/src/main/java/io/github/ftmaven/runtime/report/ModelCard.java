package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.chat.NamedToken;
import io.github.ftmaven.runtime.dataset.Distilled;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.spec.Gguf;
import io.github.ftmaven.runtime.spec.Licenses;
import io.github.ftmaven.runtime.spec.Optimizer;
import io.github.ftmaven.runtime.spec.Quantization;
import io.github.ftmaven.runtime.spec.Runner;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code README.md} beside the weights, in the form of a Hugging Face model card.
 *
 * <p>It does not mention when or how fast the training ran, nor where if it ran here, so the same inputs give the same
 * bytes.
 */
public final class ModelCard {
    private ModelCard() {}

    /**
     * The content of the card.
     *
     * @param name the fine-tune's name
     * @param method the way it was trained
     * @param asked how programs prompt it and where it stops
     * @param splits the data, in display order
     * @param distilled the teachers that answered training rows
     * @param sources the SHA-256 of each file of data that came from a hub or a repository, by its name
     * @param declared the intended use and the licenses from the spec
     * @param files the artifacts besides the card's own directory
     */
    public record Facts(
            String name,
            Base base,
            Method method,
            Asked asked,
            List<Split> splits,
            List<Distilled> distilled,
            Map<String, String> sources,
            Declared declared,
            Files files) {
        /** Copies the lists and {@code sources}, which it sorts. */
        public Facts {
            splits = List.copyOf(splits);
            distilled = List.copyOf(distilled);
            sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        }
    }

    /**
     * The base model.
     *
     * @param model its name, and where to get it
     * @param digest SHA-256 of its weights; null when they were initialised at random
     */
    public record Base(PublishedBase model, @Nullable String digest) {}

    /**
     * The way of training.
     *
     * @param quantization as in the spec
     * @param adapter null for a full fine-tune
     * @param startFrom the adapter that training continued from, as named in the spec
     * @param arithmetic what its sums depend on beside the spec
     * @param training as in the spec
     * @param steps the number of optimizer steps; 0 if a service trained that does not say
     * @param ran where a service trained; null for a training by this plugin
     */
    public record Method(
            Quantization quantization,
            @Nullable PeftConfig adapter,
            @Nullable String startFrom,
            Arithmetic arithmetic,
            TrainingSpec training,
            long steps,
            @Nullable Ran ran) {}

    /**
     * Where a service trained.
     *
     * @param service its name and host
     * @param job the job's id there
     * @param model its name of the base
     */
    public record Ran(String service, String job, String model) {}

    /**
     * What the last bits of a training depend on.
     *
     * @param precision what the base computed in, as the spec spells it
     * @param deterministic whether a GPU used only kernels that repeat to the bit; null on a CPU, which always does
     * @param microBatchTokens the most tokens that were computed at once; null if they were those of the spec
     */
    public record Arithmetic(
            String precision,
            @Nullable Boolean deterministic,
            @Nullable Integer microBatchTokens) {}

    /**
     * How programs prompt a fine-tune and where its answers stop.
     *
     * @param layout the built-in layout, such as {@code chatml}; null for the base's own chat template
     * @param system the system message of every conversation that has none
     * @param inWords whether answers are spelled in words
     * @param example a rendered question and answer; null if they cannot be shown
     * @param end the token that ends every answer
     * @param endIsNew whether the base's own files do not name it
     * @param hasTemplate whether {@code chat_template.jinja} replaces the base's own template
     * @param ollama the template in Ollama's language; null for none
     * @param maxNewTokens the most tokens of an answer during the evaluation, including its end token
     */
    public record Asked(
            @Nullable String layout,
            @Nullable String system,
            boolean inWords,
            @Nullable String example,
            NamedToken end,
            boolean endIsNew,
            boolean hasTemplate,
            @Nullable String ollama,
            int maxNewTokens) {}

    /**
     * The statements that only the spec's author can make.
     *
     * @param intendedUse null if the spec does not set it
     */
    public record Declared(@Nullable String intendedUse, Licenses licenses) {}

    /**
     * The other formats of the fine-tune.
     *
     * @param gguf the file of each
     * @param merged the archive of the merged model; null if there is none
     */
    public record Files(Map<Gguf, String> gguf, @Nullable String merged) {
        /** Copies the map, in the order of the formats. */
        public Files {
            gguf = Collections.unmodifiableMap(new TreeMap<>(gguf));
        }
    }

    /**
     * One part of the data.
     *
     * @param name {@code train}, {@code validation} or {@code test}
     * @param supervisedTokens tokens to learn or to predict, in the answers
     * @param sha256 of the normalised split file
     */
    public record Split(String name, long examples, long tokens, long supervisedTokens, String sha256) {}

    /** The card's Markdown. */
    public static String render(Facts facts) {
        PeftConfig adapter = facts.method().adapter();
        PublishedBase base = facts.base().model();
        return String.format(
                Locale.ROOT,
                """
                ---
                %s%slibrary_name: %s
                pipeline_tag: text-generation
                tags:
                - %s
                ---

                # %s

                %s of **%s**, trained %s ft-maven-plugin.
                %s
                ## Base model

                %s

                ## Data

                | split | examples | tokens | answer tokens | SHA-256 |
                |---|--:|--:|--:|---|
                %s
                %s
                ## Prompt format

                %s

                ## Method

                | | |
                |---|---|
                %s
                %s
                ## How to load it

                %s""",
                base.isOnHub() ? "base_model: " + TextNode.valueOf(base.name()) + "\n" : "",
                license(facts.declared().licenses().artifact()),
                adapter != null ? "peft" : "transformers",
                adapter != null ? "lora" : "full-fine-tune",
                Escape.markdown(facts.name()),
                adapter != null ? "A " + name(adapter) + " adapter" : "A full fine-tune",
                Escape.markdown(base.name()),
                facts.method().ran() == null ? "by" : "for",
                section("Intended use", facts.declared().intendedUse()),
                baseModel(base, facts.base().digest()),
                facts.splits().stream().map(ModelCard::row).collect(Collectors.joining("\n")),
                distilled(facts) + sources(facts.sources()),
                asked(facts.asked()),
                method(facts),
                section("Licenses", licenses(facts.declared().licenses())),
                (adapter != null
                                ? Serving.adapter(facts.name(), base, adapter, facts.asked())
                                : Serving.wholeModel(facts.name(), facts.asked()))
                        + Serving.otherForms(facts, base));
    }

    private static String license(@Nullable String license) {
        return license == null ? "" : "license: " + TextNode.valueOf(license) + "\n";
    }

    /** A section; empty without text. */
    private static String section(String title, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        // The text after this mark is not part of the sealed content.
        String mark = PackagedAdapter.CARD_MARK.strip();
        return "\n## " + title + "\n\n" + text.strip().replace(mark, Escape.html(mark)) + "\n";
    }

    private static String licenses(Licenses licenses) {
        StringBuilder rows = new StringBuilder();
        Map<String, String> declared = new LinkedHashMap<>();
        declared.put("this fine-tune", licenses.artifact());
        declared.put("base model", licenses.base());
        declared.put("examples", licenses.dataset());
        declared.forEach((what, license) -> {
            if (license != null) {
                row(rows, what, license);
            }
        });
        return rows.isEmpty() ? "" : "As declared by its authors:\n\n| | |\n|---|---|\n" + rows;
    }

    private static String baseModel(PublishedBase base, @Nullable String digest) {
        String revision = base.revision();
        return Escape.code(base.name()) + (revision == null ? "" : " at revision " + Escape.code(revision)) + ", "
                + (digest == null ? "initialised at random." : "whose weights have the SHA-256 `" + digest + "`.");
    }

    private static String row(Split split) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | `%s` |",
                split.name(),
                split.examples(),
                split.tokens(),
                split.supervisedTokens(),
                split.sha256());
    }

    private static String distilled(Facts facts) {
        int all = facts.splits().stream()
                .filter(split -> split.name().equals("train"))
                .mapToInt(split -> (int) split.examples())
                .sum();
        return facts.distilled().stream()
                .map(each -> "\n" + Escape.markdown(each.sentence(all)) + ".\n")
                .collect(Collectors.joining());
    }

    private static String asked(Asked asked) {
        StringBuilder text = new StringBuilder();
        text.append(
                asked.layout() == null
                        ? "The base model's own chat template renders conversations."
                        : "The built-in template " + Escape.code(asked.layout()) + " renders conversations.");
        if (asked.system() != null) {
            text.append(" A conversation without a system message gets this one:\n\n")
                    .append(indented(asked.system()))
                    .append('\n');
        }
        if (asked.example() != null) {
            text.append(asked.system() == null ? " A question" : "\nA question")
                    .append(" and its answer become this text:\n\n")
                    .append(indented(asked.example()))
                    .append('\n');
        }
        if (asked.inWords()) {
            text.append("\nLabels are spelled in words: `card arrival` for `card_arrival`.\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "\nAn answer ends with the token %s (%d)%s. Answers were measured with greedy decoding and at most %d new tokens.",
                Escape.code(asked.end().name()),
                asked.end().id(),
                asked.endIsNew() ? ", at which the base model does not stop by default" : "",
                asked.maxNewTokens()));
        text.append(" `generation_config.json` tells transformers and vLLM where to stop");
        text.append(asked.hasTemplate() ? ", and `chat_template.jinja` replaces the base model's template." : ".");
        return text.toString();
    }

    /** Indented, because text could end a fenced block but not an indented one. */
    private static String indented(String text) {
        return PrintableText.visible(text).lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }

    /** Where data came from that is not the project's own; ends with a line break if there is any. */
    private static String sources(Map<String, String> sources) {
        if (sources.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("\n| source | SHA-256 |\n|---|---|\n");
        sources.forEach((name, digest) -> table.append("| ")
                .append(Escape.code(name).replace("|", "\\|"))
                .append(" | ")
                .append(digest)
                .append(" |\n"));
        return table.toString();
    }

    private static String method(Facts facts) {
        PeftConfig adapter = facts.method().adapter();
        TrainingSpec training = facts.method().training();
        StringBuilder rows = new StringBuilder();
        if (adapter != null) {
            row(rows, "method", name(adapter));
            if (facts.method().quantization() != Quantization.NONE) {
                String format = facts.method().quantization().name().toLowerCase(Locale.ROOT);
                row(rows, "frozen weights", format + ", as bitsandbytes quantizes them");
            }
            if (facts.method().startFrom() != null) {
                row(rows, "starts from", publicName(facts.method().startFrom()));
            }
            selection(rows, adapter.selection());
            row(rows, "dropout", number(adapter.dropout()));
        } else {
            row(rows, "method", "full fine-tune");
        }
        Ran ran = facts.method().ran();
        if (ran == null) {
            arithmetic(rows, facts.method().arithmetic());
        } else {
            row(rows, "trained at", ran.service() + ", as " + ran.model() + " in the job " + ran.job());
        }
        row(rows, "epochs", number(training.epochs()));
        if (facts.method().steps() > 0) { // a service may not say
            row(rows, "optimizer steps", String.valueOf(facts.method().steps()));
        }
        row(rows, "batch size", String.valueOf(training.batchSize()));
        Integer localSteps = training.optimization().localSteps();
        if (localSteps != null) {
            row(
                    rows,
                    "replicas",
                    training.optimization().batchesPerStep() + ", each with its own batches, averaged after every "
                            + Counted.of(localSteps, "step"));
        }
        if (ran == null) { // a service chooses its own
            row(rows, "optimizer", training.optimization().optimizer() == Optimizer.ADAFACTOR ? "Adafactor" : "AdamW");
        }
        row(rows, "learning rate", number(training.optimization().learningRate()));
        if (training.run().runner() != Runner.OPENAI) { // its protocol has none
            row(rows, "schedule", training.optimization().schedule().name().toLowerCase(Locale.ROOT));
        }
        row(rows, "warm-up", number(training.optimization().warmup()) + " of the steps");
        row(rows, "weight decay", number(training.optimization().weightDecay()));
        row(
                rows,
                "gradient norm limit",
                training.optimization().maxGradientNorm() == 0
                        ? "none"
                        : number(training.optimization().maxGradientNorm()));
        row(rows, "seed", String.valueOf(training.seed()));
        return rows.toString().stripTrailing();
    }

    private static void arithmetic(StringBuilder rows, Arithmetic arithmetic) {
        row(rows, "precision", arithmetic.precision());
        if (arithmetic.deterministic() != null) {
            row(
                    rows,
                    "repeats",
                    arithmetic.deterministic()
                            ? "to the bit, on the same kind of GPU"
                            : "not to the bit, because a GPU added gradients in no fixed order");
        }
        if (arithmetic.microBatchTokens() != null) {
            row(
                    rows,
                    "micro-batches",
                    "at most " + arithmetic.microBatchTokens()
                            + " tokens, because memory was short; this changes the order of sums");
        }
    }

    private static void selection(StringBuilder rows, LoraSelection selection) {
        row(rows, "rank", selection.rank() + others(selection.rankPattern()));
        String scale = selection.rankStabilized() ? ", divided by the square root of the rank" : "";
        row(rows, "alpha", number(selection.alpha()) + others(selection.alphaPattern()) + scale);
        row(rows, "target modules", targets(selection.targets()));
        if (!targets(selection.exclude()).isEmpty()) {
            row(rows, "excluded", targets(selection.exclude()));
        }
        if (!selection.layers().isEmpty()) {
            row(rows, "layers", selection.layers().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private static String others(Map<String, ? extends Number> pattern) {
        return pattern.entrySet().stream()
                .map(entry -> ", " + number(entry.getValue().doubleValue()) + " for " + entry.getKey())
                .collect(Collectors.joining());
    }

    private static String targets(Targets targets) {
        return targets.regex() == null ? String.join(", ", targets.modules()) : targets.regex();
    }

    private static String name(PeftConfig adapter) {
        return adapter.dora() ? "DoRA" : "LoRA";
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("| ")
                .append(name)
                .append(" | ")
                .append(Escape.markdown(value))
                .append(" |\n");
    }

    /** The full name of a hub model; only the last name of a path, which would reveal details of the machine. */
    public static String publicName(String model) {
        String path = model.replace('\\', '/').replaceAll("/+$", "");
        boolean local = path.startsWith("/") || path.startsWith(".") || path.startsWith("~") || path.contains(":/");
        return local ? path.substring(path.lastIndexOf('/') + 1) : path;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
