package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fine-tune, as its YAML declares it, with every default filled in ({@code defaults.yaml}). */
public record FineTuneSpec(
        @Nullable String name,
        Base base,
        Dataset dataset,
        Adapter adapter,
        Training training,
        Evaluation evaluation,
        List<Rule> acceptance,
        Artifact artifact) {

    /** The model to start from. {@code model} is a directory, relative to the spec. */
    public record Base(String model, Initialization initialize, Quantization quantization) {}

    /** Where the first weights come from; {@code RANDOM} needs only {@code config.json} and the tokenizer. */
    public enum Initialization {
        PRETRAINED,
        RANDOM
    }

    /** How frozen weights are held. */
    public enum Quantization {
        NONE
    }

    /**
     * The examples. {@code train} and {@code test} are files or globs, relative to the spec.
     *
     * @param template how a conversation is laid out as text
     * @param endToken {@code auto}, or a token of the tokenizer that ends every answer
     * @param maxLength longest example in tokens; null for the model's own limit
     */
    public record Dataset(
            List<String> train,
            Validation validation,
            List<String> test,
            @Nullable String system,
            @Nullable Columns columns,
            Template template,
            String endToken,
            @Nullable Integer maxLength,
            LongExamples longExamples,
            Overlap overlap) {}

    /** Held-out rows: a fraction of {@code train} in [0, 1), or files; never both. */
    public record Validation(double fraction, List<String> files) {}

    /** Which columns of a CSV, or keys of a JSON object, hold the prompt and its completion. */
    public record Columns(String prompt, String completion) {}

    /** The layouts built in, for models that bring no chat template; see {@code chat.Layout}. */
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

    /** What happens to a training row whose prompt is also in the test or validation files: refused, or left out. */
    public enum Overlap {
        ERROR,
        DROP
    }

    /** What is trained. {@code rank}, {@code alpha}, {@code dropout} and {@code targets} belong to {@code LORA}. */
    public record Adapter(Method method, int rank, double alpha, double dropout, Targets targets) {}

    /** The methods of fine-tuning. */
    public enum Method {
        LORA,
        FULL
    }

    /** The adapted modules: all linear layers of the decoder, or those whose name ends in one of {@code modules}. */
    public record Targets(boolean allLinear, List<String> modules) {}

    /**
     * How it is trained.
     *
     * @param batchSize examples of one optimizer step
     * @param microBatchTokens at most this many tokens at once; does not change the result's meaning, only memory
     * @param warmup fraction of all steps over which the learning rate rises from 0
     * @param maxGradientNorm gradients are scaled down to this L2 norm; 0 for never
     * @param validateEvery optimizer steps between validations; 0 for once an epoch
     * @param earlyStopping validations without improvement before training stops; 0 for never
     * @param checkpointEvery optimizer steps between checkpoints
     */
    public record Training(
            double epochs,
            double learningRate,
            int batchSize,
            int microBatchTokens,
            Schedule schedule,
            double warmup,
            double weightDecay,
            double maxGradientNorm,
            GradientCheckpointing gradientCheckpointing,
            long seed,
            int validateEvery,
            int earlyStopping,
            int checkpointEvery) {}

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

    /**
     * What is measured.
     *
     * @param maxNewTokens longest answer in tokens; null for the longest expected answer of the test set
     */
    public record Evaluation(
            List<Metric> metrics,
            List<Baseline> baselines,
            @Nullable Integer maxNewTokens,
            int batchSize) {}

    /** The metrics; see {@code evaluation.Metrics} for their definitions. */
    public enum Metric {
        ACCURACY,
        MACRO_F1
    }

    /** What the tuned model is compared with. */
    public enum Baseline {
        ZERO_SHOT
    }

    /** One condition of acceptance: {@code minimum}, or {@code over} with {@code minimumGain}. */
    public record Rule(
            Metric metric,
            @Nullable Double minimum,
            @Nullable Over over,
            @Nullable Double minimumGain) {}

    /** Whom a gain is measured against. */
    public enum Over {
        BASE
    }

    /** What is packaged. */
    public record Artifact(List<Format> formats) {}

    /** The forms of a packaged adapter. */
    public enum Format {
        PEFT
    }
}
