package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A fine-tuning job of OpenAI's protocol: the request that creates one, or the object that answers it. */
final class OpenAiImport implements ForeignProgram {
    /** A spec needs a model that can be downloaded. */
    private static final String PLACEHOLDER = "hf:ORGANIZATION/NAME@COMMIT";

    @Override
    public String program() {
        return "OpenAI";
    }

    @Override
    public boolean recognizes(ForeignConfig config) {
        return config.peek("object").asText().equals("fine_tuning.job")
                || (config.has("training_file") && config.has("model"));
    }

    @Override
    public void carry(ForeignConfig config, SpecDraft draft) {
        ForeignConfig method = config.child("method");
        String type = method.text("type");
        if (type != null && !type.equals("supervised")) {
            throw ForeignProgram.notSupervised(config, "method", type + " is another kind of training");
        }
        String suffix = config.has("suffix") ? config.text("suffix") : config.text("user_provided_suffix");
        if (suffix != null) {
            draft.put("name", suffix);
        }
        String model = config.text("model");
        boolean open = model != null && SourceNaming.isHub(model);
        if (model != null && open) {
            SourceNaming.Named named = SourceNaming.model(model, null);
            draft.put("base.model", named.name(), named.comment());
        } else {
            draft.put("base.model", PLACEHOLDER, "name an open model: " + model + " cannot be downloaded");
        }
        String train = config.text("training_file");
        draft.put("dataset.train", "data/train.jsonl", "download " + train + ": GET /v1/files/" + train + "/content");
        String held = config.text("validation_file");
        if (held != null) {
            draft.put(
                    "dataset.validation",
                    "data/validation.jsonl",
                    "download " + held + ": GET /v1/files/" + held + "/content");
        }
        draft.put("dataset.layout", "messages");
        draft.put("adapter.method", "lora", "the service does not say what it trains");
        JsonNode top = config.peek("hyperparameters");
        ForeignConfig values = method.child("supervised").has("hyperparameters")
                ? method.child("supervised").child("hyperparameters")
                : config.child("hyperparameters");
        if (top.isObject()) {
            config.take("hyperparameters");
        }
        TrainerKeys keys = new TrainerKeys(values, draft, program());
        keys.number("n_epochs", "training.epochs", null);
        keys.number("batch_size", "training.batchSize", null);
        keys.number("learning_rate", "training.learningRate", null);
        keys.number("context_length", "dataset.maxLength", null);
        if (values.isOn("lora") || values.has("lora_r")) {
            new AdapterKeys(values, draft, program())
                    .shape("lora_r", 8, "lora_alpha", rank -> 2 * rank, "lora_dropout", 0);
        }
        keys.number("seed", "training.seed", null);
        new TrainerKeys(config, draft, program()).number("seed", "training.seed", null);
        for (String key : List.of("n_epochs", "batch_size", "learning_rate_multiplier")) {
            if (values.has(key) && (values.peek(key).isTextual() || key.startsWith("learning"))) {
                draft.leave(
                        "hyperparameters." + key,
                        values.take(key),
                        key.startsWith("learning")
                                ? "a factor of a rate that is not published"
                                : "the service chose it");
            }
        }
    }
}
