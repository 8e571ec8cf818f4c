package io.github.ftmaven.runtime.spec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Places where trainings run, by the names that {@code training.runner} has for them. */
public record RunnerSpec(
        @Doc("A cluster of Spark.") @Nullable SparkSpec spark,

        @Doc(
                "A command that trains elsewhere, such as sbatch --wait job.sh {request}. {request} is the directory with all"
                        + " that the training needs.")
        @Nullable
        String command,

        @Doc("What the machine of command computes on: cpu or cuda. By default what this machine would.") @Nullable
        RunDevice device,

        @Doc(
                "CPU threads on the machine of command; by default as many as here. The adapter is byte-identical only with"
                        + " the same number.")
        @Bounds(min = 1)
        @Nullable
        Integer threads,

        @Doc("An account at Together.") @Nullable ServiceSpec together,

        @Doc("An account at a service that speaks OpenAI's fine-tuning protocol.") @Nullable
        OpenAiSpec openai) {
    /** The account at a service that trains, which the spec has. */
    public ServiceSpec account(Runner service) {
        return service == Runner.TOGETHER
                ? Objects.requireNonNull(together, "together")
                : Objects.requireNonNull(openai, "openai").account();
    }
}
