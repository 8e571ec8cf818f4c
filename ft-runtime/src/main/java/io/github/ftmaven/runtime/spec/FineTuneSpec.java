package io.github.ftmaven.runtime.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fine-tune as its YAML declares it, with every default filled in ({@code defaults.yaml}).
 *
 * <p>The components of this record and of the records in it, with their annotations, are the only source of the
 * reader's checks, the JSON Schema and {@code docs/spec.md}. YAML writes enum constants in lower case with hyphens:
 * {@code MACRO_F1} is {@code macro-f1}.
 */
public record FineTuneSpec(
        @Doc("A display name for reports.") @Nullable String name,

        @Doc("The model to start from.") BaseSpec base,
        @Doc("The examples.") DatasetSpec dataset,

        @Doc("What is trained.") AdapterSpec adapter,
        @Doc("How it is trained.") TrainingSpec training,
        @Doc("What is measured.") EvaluationSpec evaluation,

        @Doc("The rules that the scores must meet for the build to pass.") @MayBeEmpty
        List<Rule> acceptance,

        @Doc("What is packaged.") ArtifactSpec artifact,
        @Inline OutsideSpec outside) {

    public FineTuneSpec {
        acceptance = List.copyOf(acceptance);
    }

    /** The section of a service that trains and keeps the weights; empty for any other training. */
    public Optional<OpenAiSpec> keeper() {
        RunnerSpec runner = outside.runner();
        return training.run().runner() != Runner.OPENAI || runner == null
                ? Optional.empty()
                : Optional.ofNullable(runner.openai())
                        .filter(service -> service.kept().keeps());
    }

    /** Whether the base's weights are read: not if they are random, nor if a service keeps what it trained. */
    public boolean readsWeights() {
        return base.initialize() == Initialization.PRETRAINED && keeper().isEmpty();
    }
}
