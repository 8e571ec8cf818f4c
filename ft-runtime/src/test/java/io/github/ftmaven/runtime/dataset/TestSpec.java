package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Columns;
import io.github.ftmaven.runtime.spec.FineTuneSpec.LongExamples;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Overlap;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A spec for tests; each field is one key of {@code dataset}, set before {@link #dataset} or {@link #spec}. */
public final class TestSpec {
    public List<String> train = List.of("train.jsonl");
    public List<String> test = List.of("test.jsonl");
    public List<String> validation = List.of();
    public double validationFraction;
    public @Nullable String system;
    public @Nullable Columns columns;
    public FineTuneSpec.Answers answers = FineTuneSpec.Answers.VERBATIM;
    public Template template = Template.QUESTION;
    public @Nullable Map<String, JsonNode> templateArguments;
    public String endToken = "auto";
    public @Nullable Integer maxLength;
    public LongExamples longExamples = LongExamples.ERROR;
    public Overlap overlap = Overlap.ERROR;
    public FineTuneSpec.Sameness sameQuestion = FineTuneSpec.Sameness.NORMALIZED;
    /** The key {@code learn}. */
    public FineTuneSpec.Learn learn = FineTuneSpec.Learn.EVERY_ANSWER;

    public long seed = 42;

    /** The dataset's part. */
    public FineTuneSpec.Dataset dataset() {
        return new FineTuneSpec.Dataset(
                train,
                new FineTuneSpec.Validation(validationFraction, validation),
                test,
                system,
                columns,
                List.of(),
                answers,
                template,
                templateArguments,
                endToken,
                maxLength,
                longExamples,
                overlap,
                sameQuestion,
                learn);
    }

    /** The whole. */
    public FineTuneSpec spec() {
        return new FineTuneSpec(
                null,
                new FineTuneSpec.Base(
                        "base",
                        FineTuneSpec.Initialization.PRETRAINED,
                        FineTuneSpec.Quantization.NONE,
                        FineTuneSpec.DoubleQuantization.ON,
                        List.of()),
                dataset(),
                new FineTuneSpec.Adapter(
                        FineTuneSpec.Method.LORA,
                        8,
                        16,
                        FineTuneSpec.Scaling.STANDARD,
                        0,
                        new FineTuneSpec.Targets(true, List.of()),
                        List.of(),
                        List.of(),
                        List.of(),
                        null),
                new FineTuneSpec.Training(
                        1,
                        1e-3,
                        8,
                        1024,
                        FineTuneSpec.Optimizer.ADAMW,
                        FineTuneSpec.Schedule.COSINE,
                        0,
                        0,
                        1,
                        FineTuneSpec.GradientCheckpointing.AUTO,
                        seed,
                        0,
                        0,
                        0),
                new FineTuneSpec.Evaluation(
                        List.of(FineTuneSpec.Metric.ACCURACY),
                        List.of(),
                        null,
                        FineTuneSpec.Lenient.OFF,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        8),
                List.of(),
                new FineTuneSpec.Artifact(
                        List.of(FineTuneSpec.Format.PEFT),
                        null,
                        5000,
                        FineTuneSpec.Docker.NONE,
                        null,
                        new FineTuneSpec.Licences(null, null, null)));
    }
}
