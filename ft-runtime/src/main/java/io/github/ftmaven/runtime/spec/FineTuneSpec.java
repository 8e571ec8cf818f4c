package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fine-tune, as its YAML declares it, with every default filled in ({@code defaults.yaml}).
 *
 * <p>The components and their annotations are the one source of the reader's checks and of the JSON Schema. Enum
 * constants are written in YAML in lower case with hyphens: {@code MACRO_F1} is {@code macro-f1}.
 */
public record FineTuneSpec(
        @Doc("A name for people, shown in reports.") @Nullable
        String name,

        @Doc("The model to start from.") Base base,
        @Doc("The examples.") Dataset dataset,
        @Doc("What is trained.") Adapter adapter,
        @Doc("How it is trained.") Training training,
        @Doc("What is measured.") Evaluation evaluation,

        @Doc("The conditions under which the build passes.") @MayBeEmpty
        List<Rule> acceptance,

        @Doc("What is packaged.") Artifact artifact) {

    public FineTuneSpec {
        acceptance = List.copyOf(acceptance);
    }

    /** The model to start from. */
    public record Base(
            @Doc(
                    "The base model: a directory relative to the spec, hf:ORG/NAME@COMMIT, or mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]].")
            String model,

            @Doc("Where the first weights come from; random needs only config.json and the tokenizer.")
            Initialization initialize,

            @Doc("How frozen weights are held: none as 32-bit floats, nf4 and int8 in 4 and 8 bits.")
            Quantization quantization,

            @Doc("Whether the scales of nf4 are quantized too: 4.13 bits a weight instead of 4.5.")
            DoubleQuantization doubleQuantization,

            @Doc("Keys of the base's config.json that are not known and change nothing of what it computes.")
            @MayBeEmpty
            List<String> ignoreKeys) {
        public Base {
            ignoreKeys = List.copyOf(ignoreKeys);
        }
    }

    /** Where the first weights come from. */
    public enum Initialization {
        PRETRAINED,
        RANDOM
    }

    /** How frozen weights are held. */
    public enum Quantization {
        NONE,
        NF4,
        INT8
    }

    /** Whether the scales of NF4 are quantized too. */
    public enum DoubleQuantization {
        ON,
        OFF
    }

    /** The examples. */
    public record Dataset(
            @Doc("The files or globs to train on, relative to the spec.") @Paths
            List<String> train,

            @Doc("Held-out rows: a fraction of train, or files or globs.") @Bounds(min = 0, below = 1)
            Validation validation,

            @Doc("The files or globs to evaluate on, relative to the spec; never seen in training.") @Paths
            List<String> test,

            @Doc("The system message of every conversation that has none.") @Nullable
            String system,

            @Doc("Which columns of a CSV, or keys of a JSON object, hold the prompt, its input and the completion.")
            @Nullable
            Columns columns,

            @Doc("Columns of a CSV, or keys of a JSON object, that rules of acceptance may speak of, beside metadata.")
            @MayBeEmpty
            List<String> metadata,

            @Doc("How answers are spelled; words writes labels such as card_arrival as card arrival.")
            Answers answers,

            @Doc("How a conversation is laid out as text; auto is the model's own chat template.")
            Template template,

            @Doc("What the model's own chat template is told beside the conversation, such as enable_thinking.")
            @Nullable
            Map<String, JsonNode> templateArguments,

            @Doc("The token that ends every answer, by its text; auto is the template's, else the tokenizer's.")
            String endToken,

            @Doc("The longest example in tokens; the model's own limit when absent.") @Bounds(min = 1) @Nullable
            Integer maxLength,

            @Doc("What happens to an example longer than maxLength.")
            LongExamples longExamples,

            @Doc("What happens to training examples whose prompt is also in the test or validation files.")
            Overlap overlap,

            @Doc("When two rows ask the same; normalized ignores case, white space, invisible characters, punctuation"
                    + " at the end and forms of Unicode, exact only white space at the ends.")
            Sameness sameQuestion,

            @Doc("Whether every answer of a conversation is learnt, or only the last.")
            Learn learn) {
        public Dataset {
            train = List.copyOf(train);
            test = List.copyOf(test);
            metadata = List.copyOf(metadata);
            templateArguments = templateArguments == null
                    ? null
                    : Collections.unmodifiableMap(new LinkedHashMap<>(templateArguments));
        }

        /** What the model's own chat template is told beside the conversation; empty for nothing. */
        public Map<String, JsonNode> arguments() {
            return templateArguments == null ? Map.of() : templateArguments;
        }
    }

    /** Held-out rows: a fraction of {@code train} in [0, 1), or files; never both. */
    public record Validation(double fraction, List<String> files) {
        public Validation {
            files = List.copyOf(files);
        }

        static Validation fromYaml(JsonNode value) {
            return value.isNumber()
                    ? new Validation(value.doubleValue(), List.of())
                    : new Validation(0, SpecWords.texts(value));
        }

        Object toYaml() {
            return files.isEmpty() ? fraction : files;
        }
    }

    /** Where a row holds the prompt and its completion. */
    public record Columns(
            @Doc("The column of the prompt.") String prompt,

            @Doc("The column of what a prompt is about, such as Alpaca's input; it is written below the prompt.")
            @Nullable
            String input,

            @Doc("The column of the completion.") String completion) {}

    /** How answers are spelled, in training and as what a test expects; see {@code dataset.AnswerSpelling}. */
    public enum Answers {
        VERBATIM,
        WORDS
    }

    /** How a conversation is laid out as text; see {@code chat.Layout}. */
    public enum Template {
        AUTO,
        PLAIN,
        QUESTION,
        ALPACA,
        CHATML,
        RAW
    }

    /** What happens to an example longer than {@code maxLength}. */
    public enum LongExamples {
        ERROR,
        DROP
    }

    /** What happens to training examples whose prompt is also in the test or validation files. */
    public enum Overlap {
        ERROR,
        DROP
    }

    /** When two rows ask the same. */
    public enum Sameness {
        NORMALIZED,
        EXACT
    }

    /** Which answers of a conversation are learnt. */
    public enum Learn {
        EVERY_ANSWER,
        LAST_ANSWER
    }

    /** What is trained. All but {@code method} belong to {@code LORA}. */
    public record Adapter(
            @Doc(
                    "lora trains low-rank matrices beside the frozen weights, dora also each row's magnitude, full every weight.")
            Method method,

            @Doc("The rank of the low-rank matrices.") @Bounds(min = 1)
            int rank,

            @Doc("How loud the adapter is; see scaling.") @Bounds(above = 0)
            double alpha,

            @Doc("standard scales by alpha / rank, rank-stabilized by alpha / sqrt(rank).")
            Scaling scaling,

            @Doc("The probability with which an input of the adapter is dropped in training.")
            @Bounds(min = 0, below = 1)
            double dropout,

            @Doc(
                    "The adapted modules: all linear layers of the decoder, those named, or those whose whole name a regular expression matches.")
            Targets targets,

            @Doc("Names of modules that are left out of the targets.") @MayBeEmpty
            List<String> exclude,

            @Doc("The adapted layers, counted from 0; all when empty.") @Bounds(min = 0) @MayBeEmpty
            List<Integer> layers,

            @Doc("Other ranks and alphas for some modules; the first that matches decides.") @MayBeEmpty
            List<ModulePattern> patterns,

            @Doc(
                    "An adapter to go on from: a directory as PEFT writes it, or a jar as this plugin packages it, relative to the spec.")
            @Nullable
            String startFrom) {
        public Adapter {
            exclude = List.copyOf(exclude);
            layers = List.copyOf(layers);
            patterns = List.copyOf(patterns);
        }
    }

    /** Another rank or alpha for the modules that a regular expression matches, wholly or from a dot on. */
    public record ModulePattern(
            @Doc("A regular expression for a module's name, or for its end from a dot on.")
            String modules,

            @Doc("Their rank.") @Bounds(min = 1) @Nullable Integer rank,

            @Doc("Their alpha.") @Bounds(above = 0) @Nullable
            Double alpha) {}

    /** What the adapter's output is multiplied with: {@code alpha / rank}, or rsLoRA's {@code alpha / sqrt(rank)}. */
    public enum Scaling {
        STANDARD,
        RANK_STABILIZED
    }

    /** The methods of fine-tuning. */
    public enum Method {
        LORA,
        DORA,
        FULL
    }

    /**
     * The adapted modules: all linear layers of the decoder, those whose name ends in one of {@code modules}, or those
     * whose whole name {@code regex} matches.
     */
    public record Targets(
            boolean allLinear,
            List<String> modules,
            @Nullable String regex) {
        /** The word for all of {@link #MODULES}. */
        static final String ALL_LINEAR = "all-linear";

        /** The names of the linear layers of a decoder, as adapters and {@code model.safetensors} spell them. */
        public static final List<String> MODULES = List.of(
                "q_proj",
                "k_proj",
                "v_proj",
                "o_proj",
                "gate_proj",
                "up_proj",
                "down_proj",
                "qkv_proj",
                "gate_up_proj");

        public Targets {
            modules = List.copyOf(modules);
        }

        /** All linear layers, or those named. */
        public Targets(boolean allLinear, List<String> modules) {
            this(allLinear, modules, null);
        }

        /** The modules whose whole name a regular expression matches. */
        public static Targets matching(String regex) {
            return new Targets(false, List.of(), regex);
        }

        static Targets fromYaml(JsonNode value) {
            if (!value.isTextual()) {
                return new Targets(false, SpecWords.texts(value));
            }
            return value.textValue().equals(ALL_LINEAR) ? new Targets(true, List.of()) : matching(value.textValue());
        }

        Object toYaml() {
            return allLinear ? ALL_LINEAR : regex == null ? modules : regex;
        }
    }

    /** How it is trained. */
    public record Training(
            @Doc("Passes over the training examples; a fraction stops within a pass.") @Bounds(above = 0)
            double epochs,

            @Doc("The highest learning rate, reached after the warm-up.") @Bounds(above = 0)
            double learningRate,

            @Doc("The examples of one optimizer step.") @Bounds(min = 1)
            int batchSize,

            @Doc("At most this many tokens at once: less memory, the same step.") @Bounds(min = 1)
            int microBatchTokens,

            @Doc(
                    "AdamW, or Adafactor, which keeps next to nothing beside the weights: for method full on little memory.")
            Optimizer optimizer,

            @Doc("How the learning rate falls after the warm-up.")
            Schedule schedule,

            @Doc("The fraction of all steps over which the learning rate rises from 0.") @Bounds(min = 0, below = 1)
            double warmup,

            @Doc("The decoupled weight decay.") @Bounds(min = 0)
            double weightDecay,

            @Doc("Gradients are scaled down to this L2 norm; 0 for never.") @Bounds(min = 0)
            double maxGradientNorm,

            @Doc("Whether layers are computed again in the backward pass instead of kept.")
            GradientCheckpointing gradientCheckpointing,

            @Doc("The seed of every random choice.") @Bounds(min = 0)
            long seed,

            @Doc("Optimizer steps between validations; 0 for once an epoch.") @Bounds(min = 0)
            int validateEvery,

            @Doc("Validations without improvement before training stops; 0 for never.") @Bounds(min = 0)
            int earlyStopping,

            @Doc("Optimizer steps between checkpoints.") @Bounds(min = 1)
            int checkpointEvery) {}

    /** What makes a step of a gradient. */
    public enum Optimizer {
        ADAMW,
        ADAFACTOR
    }

    /** How the learning rate falls after the warm-up. */
    public enum Schedule {
        COSINE,
        LINEAR,
        CONSTANT
    }

    /** Whether layers are computed again in the backward pass instead of kept. */
    public enum GradientCheckpointing {
        AUTO,
        ON,
        OFF
    }

    /** What is measured. */
    public record Evaluation(
            @Doc("The metrics of every comparison.") List<Metric> metrics,

            @Doc("What the tuned model is compared with.") @MayBeEmpty
            List<Baseline> baselines,

            @Doc("A promptfoo configuration that is run too; its share of passed tests is the metric pass-rate.")
            @Nullable
            String suite,

            @Doc(
                    "Whether the suite is read as promptfoo reads it, silent on unknown keys and tests without assertions.")
            Lenient lenient,

            @Doc("The model that grades those assertions of the suite for which it names nobody itself.") @Nullable
            Judge judge,

            @Doc("A JSON Schema that an answer must fit to count as json-valid.") @Nullable
            String schema,

            @Doc("A file of general text: its loss before and after tells what was forgotten, as the metric retention.")
            @Nullable
            String retention,

            @Doc("Tasks of lm-evaluation-harness; their metrics are named TASK/METRIC, such as capitals/acc.")
            @MayBeEmpty
            List<HarnessTask> tasks,

            @Doc("The longest answer in tokens; that of the test set's longest expected answer when absent.")
            @Bounds(min = 1)
            @Nullable
            Integer maxNewTokens,

            @Doc("The prompts answered at once.") @Bounds(min = 1)
            int batchSize) {
        public Evaluation {
            metrics = List.copyOf(metrics);
            baselines = List.copyOf(baselines);
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A task of lm-evaluation-harness, or a group of them.
     *
     * @param path its YAML file
     * @param fewShot how many examples stand before a question; null for what the task says
     * @param limit how many of a task's documents are asked at most; null for all
     */
    public record HarnessTask(
            String path,
            @Nullable Integer fewShot,
            @Nullable Integer limit) {
        /** The keys of one that is not a path alone. */
        record Keys(
                @Doc("The YAML file of a task or a group.") String path,

                @Doc("How many examples stand before a question; what the task says when absent.")
                @Bounds(min = 0)
                @Nullable
                Integer fewShot,

                @Doc("How many of a task's documents are asked at most; all when absent.") @Bounds(min = 1) @Nullable
                Integer limit) {}

        static HarnessTask fromYaml(JsonNode value) {
            return value.isTextual()
                    ? new HarnessTask(value.textValue(), null, null)
                    : new HarnessTask(
                            value.path("path").asText(),
                            value.has("fewShot") ? value.path("fewShot").asInt() : null,
                            value.has("limit") ? value.path("limit").asInt() : null);
        }

        Object toYaml() {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("path", path);
            if (fewShot != null) {
                keys.put("fewShot", fewShot);
            }
            if (limit != null) {
                keys.put("limit", limit);
            }
            return keys.size() == 1 ? path : keys;
        }
    }

    /** A model that grades, behind a server that speaks OpenAI's protocol. */
    public record Judge(
            @Doc("Its name, as the server knows it.") String model,

            @Doc("The server's address, up to and with /v1.")
            String url,

            @Doc("The environment variable that holds the server's key; none when absent.") @Nullable
            String apiKeyEnvironment,

            @Doc("The name of the server's model that embeds texts, for similar and answer-relevance.") @Nullable
            String embedding) {}

    /** The metrics; see {@code evaluation.Metrics} for their definitions. */
    public enum Metric {
        ACCURACY,
        MACRO_F1,
        MACRO_PRECISION,
        MACRO_RECALL,
        MICRO_F1,
        ROUGE_1,
        ROUGE_2,
        ROUGE_L,
        BLEU,
        JSON_VALID,
        JSON_FIELD_F1,
        PERPLEXITY,
        ANSWER_TOKENS,
        LATENCY,
        /** Of {@code evaluation.suite}. */
        PASS_RATE,
        /** Of {@code evaluation.retention}. */
        RETENTION
    }

    /**
     * What the tuned model is compared with: the base model, asked in some way.
     *
     * @param prompt a file with an engineered prompt; null for the question as it is
     * @param fewShot how many training examples stand before the question; 0 for none
     * @param select which ones
     * @param rag passages found for the question; null for none
     */
    public record Baseline(
            @Nullable String prompt,
            int fewShot,
            Select select,
            @Nullable Rag rag) {
        /** The question as it is. */
        public static final Baseline ZERO_SHOT = new Baseline(null, 0, Select.RANDOM, null);

        /** The word for {@link #ZERO_SHOT}. */
        static final String WORD = "zero-shot";

        /** The keys of one that is not zero-shot. */
        @Alternatives({
            @Alternatives.Group("prompt"),
            @Alternatives.Group("fewShot"),
            @Alternatives.Group("rag"),
            @Alternatives.Group({"prompt", "fewShot"}),
            @Alternatives.Group({"prompt", "rag"}),
            @Alternatives.Group({"fewShot", "rag"}),
            @Alternatives.Group({"prompt", "fewShot", "rag"})
        })
        record Keys(
                @Doc("A file with an engineered prompt, in which {{prompt}} stands for the question.") @Nullable
                String prompt,

                @Doc("How many training examples stand before the question.") @Bounds(min = 1) @Nullable
                Integer fewShot,

                @Doc("Which ones: drawn by the seed, the same for every question, or the nearest to it by BM25.")
                @Nullable
                Select select,

                @Doc("Passages that are found for the question and stand before it.") @Nullable
                Rag rag) {}

        /** Retrieval by BM25. */
        public record Rag(
                @Doc("Files or globs of text or Markdown; blank lines part the passages.") @Paths
                List<String> passages,

                @Doc("How many passages stand before a question.") @Bounds(min = 1) @Nullable
                Integer top) {
            private static final int TOP = 3;

            public Rag {
                passages = List.copyOf(passages);
            }

            /** How many passages; 3 unless said otherwise. */
            public int count() {
                return top == null ? TOP : top;
            }
        }

        /** What scores and reports call it. */
        public String label() {
            List<String> parts = new ArrayList<>();
            if (prompt != null) {
                parts.add("prompt " + prompt.substring(prompt.lastIndexOf('/') + 1));
            }
            if (fewShot > 0) {
                parts.add("few-shot " + fewShot + (select == Select.NEAREST ? " nearest" : ""));
            }
            if (rag != null) {
                parts.add("rag " + rag.count());
            }
            return parts.isEmpty() ? "base" : String.join(", ", parts);
        }

        static Baseline fromYaml(JsonNode value) {
            return new Baseline(
                    value.path("prompt").isTextual() ? value.path("prompt").textValue() : null,
                    value.path("fewShot").asInt(0),
                    value.path("select").isTextual()
                            ? Select.valueOf(value.path("select").textValue().toUpperCase(Locale.ROOT))
                            : Select.RANDOM,
                    value.path("rag").isObject()
                            ? new Rag(
                                    SpecWords.texts(value.path("rag").path("passages")),
                                    value.path("rag").has("top")
                                            ? value.path("rag").path("top").asInt()
                                            : null)
                            : null);
        }

        Object toYaml() {
            Map<String, Object> keys = new LinkedHashMap<>();
            if (prompt != null) {
                keys.put("prompt", prompt);
            }
            if (fewShot > 0) {
                keys.put("fewShot", fewShot);
            }
            if (select == Select.NEAREST) {
                keys.put("select", SpecWords.word(select));
            }
            if (rag != null) {
                keys.put("rag", rag);
            }
            return keys.isEmpty() ? WORD : keys;
        }
    }

    /** Whether a suite is read as promptfoo reads it. */
    public enum Lenient {
        ON,
        OFF
    }

    /** Which training examples stand before a question. */
    public enum Select {
        RANDOM,
        NEAREST
    }

    /**
     * One condition of acceptance: what is asked of the tuned model ({@code minimum}, {@code maximum}), or of it beside
     * another ({@code over} with {@code minimumGain} or {@code maximumDrop}). See {@code docs/acceptance.md}.
     */
    @Alternatives({
        @Alternatives.Group("minimum"),
        @Alternatives.Group("maximum"),
        @Alternatives.Group({"over", "minimumGain"}),
        @Alternatives.Group({"over", "maximumDrop"})
    })
    public record Rule(
            @Doc("The metric the rule is about.") String metric,

            @Doc("The least score of the tuned model.") @Nullable
            Double minimum,

            @Doc("The largest score of the tuned model.") @Nullable
            Double maximum,

            @Doc("Whom the tuned model is compared with: base, best-baseline, a baseline by its name, or released.")
            @Nullable
            String over,

            @Doc("The least gain over it; where lower is better, the least the score must fall.")
            @Bounds(min = 0)
            @Nullable
            Double minimumGain,

            @Doc("The largest drop from it that is tolerated; where lower is better, how far the score may rise.")
            @Bounds(min = 0)
            @Nullable
            Double maximumDrop,

            @Doc(
                    "How sure a verdict must be; 0.95 for a rule with over, and any estimate will do without it for another.")
            @Bounds(above = 0.5, below = 1)
            @Nullable
            Double confidence,

            @Doc("Which test items: those whose metadata has these values.") @Nullable
            Map<String, String> where,

            @Doc("Whether a rule that is not met fails the build, or only warns.") @Nullable
            Severity severity,

            @Doc("What becomes of the build when the items are too few to tell: warn for gains, fail for others.")
            @Nullable
            OnInconclusive onInconclusive) {
        /** The word for the best of all baselines. */
        public static final String BEST_BASELINE = "best-baseline";

        private static final double CONFIDENCE = 0.95;

        public Rule {
            where = where == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(where));
        }

        /** How sure a verdict must be, in (0.5, 1); 0.95 unless said otherwise. */
        public double requiredConfidence() {
            return confidence == null ? CONFIDENCE : confidence;
        }

        /** The slice's metadata; empty for all items. */
        public Map<String, String> slice() {
            return where == null ? Map.of() : where;
        }

        /** Whether the rule is met or not by more than the estimate alone. */
        public boolean tested() {
            return over != null || confidence != null;
        }

        /** Whether it can only warn. */
        public boolean onlyWarns() {
            return severity == Severity.WARN;
        }

        /** Whether the build fails when the rule's verdict is inconclusive. */
        public boolean failsInconclusive() {
            return !onlyWarns()
                    && (onInconclusive == null ? minimumGain == null : onInconclusive == OnInconclusive.FAIL);
        }
    }

    /** What a rule that is not met does to the build. */
    public enum Severity {
        ERROR,
        WARN
    }

    /** What a rule does to the build when the items are too few to tell. */
    public enum OnInconclusive {
        WARN,
        FAIL
    }

    /** What is packaged. */
    public record Artifact(
            @Doc(
                    "The forms that are packaged: peft is the jar itself, merged and gguf are artifacts beside it; docs/deploy.md says of each what takes it.")
            List<Format> formats,

            @Doc(
                    "What is written as GGUF: lora the adapter alone, f16 and q8_0 the merged model; absent, lora, of method full f16.")
            @Nullable
            List<Gguf> gguf,

            @Doc("The largest size of a file of merged weights, in megabytes.") @Bounds(min = 1)
            int shardSize,

            @Doc("Whether a Dockerfile is packaged that serves the adapter, or where there is one the merged model.")
            Docker docker,

            @Doc("What the fine-tune is for, as the model card says it.") @Nullable
            String intendedUse,

            @Doc("The licences as you declare them; SPDX identifiers where there is one.")
            Licences licences) {
        public Artifact {
            formats = List.copyOf(formats);
            gguf = gguf == null ? null : List.copyOf(gguf);
        }

        /** What is written as GGUF; nothing unless {@code formats} names it. */
        public List<Gguf> gguf(Method method) {
            if (!formats.contains(Format.GGUF)) {
                return List.of();
            }
            return gguf != null ? gguf : List.of(method == Method.FULL ? Gguf.F16 : Gguf.LORA);
        }
    }

    /** The forms of a packaged fine-tune. */
    public enum Format {
        /** The files that PEFT writes; of method full, the model's directory. */
        PEFT,
        /** The whole model in BF16, as transformers saves it. */
        MERGED,
        /** For llama.cpp and Ollama. */
        GGUF
    }

    /** What is written as GGUF. */
    public enum Gguf {
        LORA,
        F16,
        Q8_0
    }

    /** Which server a Dockerfile is for. */
    public enum Docker {
        NONE,
        VLLM
    }

    /** The licences of what is packaged and of what it was made from. */
    public record Licences(
            @Doc("That of the packaged fine-tune.") @Nullable
            String artifact,

            @Doc("That of the base model.") @Nullable String base,
            @Doc("That of the examples.") @Nullable String dataset) {}
}
