package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.TrainingSpec;

/**
 * A spec as the body of {@code POST /fine_tuning/jobs}. Services that give adapters back get the hyper-parameters that
 * they add to OpenAI's own, and read them at the top level. The spec's own rules have refused what it cannot honour.
 */
final class OpenAiBody {
    /** Where the whole key is kept with a job. */
    static final String METADATA_KEY = "ft_key";

    private OpenAiBody() {}

    static ObjectNode of(FineTuneSpec spec, String model, JobKey key) {
        TrainingSpec training = spec.training();
        ObjectNode body = JsonTrees.object()
                .put("model", model)
                .put("suffix", key.suffix())
                .put("seed", training.seed());
        body.putObject("metadata").put(METADATA_KEY, key.stamp());
        if (spec.keeper().isPresent()) {
            // The newer form, which takes nothing else; the others are the service's choice.
            body.putObject("method")
                    .put("type", "supervised")
                    .putObject("supervised")
                    .putObject("hyperparameters")
                    .put("n_epochs", Math.round(training.epochs()))
                    .put("batch_size", training.batchSize());
            return body;
        }
        LoraSelection selection = LoraSelection.of(spec.adapter());
        OptimizationSpec optimization = training.optimization();
        ObjectNode parameters = body.putObject("hyperparameters")
                .put("n_epochs", Math.round(training.epochs()))
                .put("batch_size", training.batchSize())
                .put("learning_rate", optimization.learningRate())
                .put("warmup_ratio", optimization.warmup())
                .put("weight_decay", optimization.weightDecay())
                .put("max_grad_norm", optimization.maxGradientNorm())
                .put("packing", false)
                .put("lora", true)
                .put("lora_r", selection.rank());
        ServiceNumbers.put(parameters, "lora_alpha", selection.alpha());
        parameters.put("lora_dropout", spec.adapter().lora().dropout());
        Integer longest = spec.dataset().length().maxLength();
        if (longest != null) {
            parameters.put("context_length", longest);
        }
        return body;
    }
}
