package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.Schedule;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A spec as the body of Together's {@code POST /fine-tunes}. The spec's own rules have refused what it cannot honour.
 */
final class TogetherBody {
    private TogetherBody() {}

    static ObjectNode of(FineTuneSpec spec, String model, JobKey key, boolean validated) {
        TrainingSpec training = spec.training();
        OptimizationSpec optimization = training.optimization();
        ObjectNode body = JsonTrees.object()
                .put("model", model)
                .put("suffix", key.suffix())
                .put("n_epochs", Math.round(training.epochs()))
                .put("n_checkpoints", 1)
                .put("n_evals", validated ? Math.round(training.epochs()) : 0)
                .put("batch_size", training.batchSize())
                .put("learning_rate", optimization.learningRate())
                .put("warmup_ratio", optimization.warmup())
                .put("weight_decay", optimization.weightDecay())
                .put("max_grad_norm", optimization.maxGradientNorm())
                .put("random_seed", training.seed())
                .put("packing", false);
        Integer longest = spec.dataset().length().maxLength();
        if (longest != null) {
            body.put("max_seq_length", longest);
        }
        ObjectNode schedule = body.putObject("lr_scheduler")
                .put("lr_scheduler_type", optimization.schedule().name().toLowerCase(Locale.ROOT));
        ObjectNode arguments = schedule.putObject("lr_scheduler_args").put("min_lr_ratio", 0);
        if (optimization.schedule() == Schedule.COSINE) {
            arguments.put("num_cycles", 0.5);
        }
        body.putObject("training_method").put("method", "sft").put("train_on_inputs", false);
        ObjectNode type = body.putObject("training_type").put("type", "Lora");
        LoraSelection selection = LoraSelection.of(spec.adapter());
        type.put("lora_r", selection.rank());
        ServiceNumbers.put(type, "lora_alpha", selection.alpha());
        type.put("lora_dropout", spec.adapter().lora().dropout());
        Targets targets = spec.adapter().modules().targets();
        type.put("lora_trainable_modules", targets.allLinear() ? "all-linear" : String.join(",", targets.modules()));
        return body;
    }

    /**
     * Compares a body with the limits of its model.
     *
     * @throws InvalidInputException if something is outside; the message names each key
     */
    static void check(ObjectNode body, JsonNode limits) {
        JsonNode lora = limits.has("lora_training") ? limits.path("lora_training") : limits.path("lora");
        String model = body.path("model").asText();
        if (lora.isNull() || lora.isMissingNode()) {
            throw new InvalidInputException(
                    "Together trains no LoRA adapters of " + model + ". Choose another runner.together.model.");
        }
        List<String> problems = new ArrayList<>();
        atMost(problems, "training.epochs", body.path("n_epochs"), limits.path("max_num_epochs"));
        atMost(problems, "training.learningRate", body.path("learning_rate"), limits.path("max_learning_rate"));
        atLeast(problems, "training.learningRate", body.path("learning_rate"), limits.path("min_learning_rate"));
        atMost(problems, "training.batchSize", body.path("batch_size"), lora.path("max_batch_size"));
        atLeast(problems, "training.batchSize", body.path("batch_size"), lora.path("min_batch_size"));
        JsonNode type = body.path("training_type");
        atMost(problems, "adapter.rank", type.path("lora_r"), lora.path("max_rank"));
        List<String> known = new ArrayList<>();
        lora.path("target_modules").forEach(name -> known.add(name.asText()));
        String targets = type.path("lora_trainable_modules").asText();
        for (String target : targets.split(",", -1)) {
            if (!known.isEmpty() && !target.equals("all-linear") && !known.contains(target)) {
                problems.add("adapter.targets: " + target + " is none of " + String.join(", ", known));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(
                    "Together's limits for " + model + ": " + String.join("; ", problems) + ".");
        }
    }

    private static void atMost(List<String> problems, String key, JsonNode value, JsonNode limit) {
        if (limit.isNumber() && value.doubleValue() > limit.doubleValue()) {
            problems.add(key + " is " + value.asText() + ", the most is " + limit.asText());
        }
    }

    private static void atLeast(List<String> problems, String key, JsonNode value, JsonNode limit) {
        if (limit.isNumber() && value.doubleValue() < limit.doubleValue()) {
            problems.add(key + " is " + value.asText() + ", the least is " + limit.asText());
        }
    }
}
