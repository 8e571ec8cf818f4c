package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries over what programs on top of transformers' Trainer share, under the names that each has for it. */
final class TrainerKeys {
    private static final List<String> ADAMW = List.of(
            "adamw",
            "adamw_torch",
            "adamw_torch_fused",
            "adamw_hf",
            "adamw_apex_fused",
            "adamw_torch_4bit",
            "adamw_anyprecision");

    private final ForeignConfig config;
    private final SpecDraft draft;
    private final String program;

    /**
     * Prepares to carry keys over.
     *
     * @param program its name, for comments about its defaults
     */
    TrainerKeys(ForeignConfig config, SpecDraft draft, String program) {
        this.config = config;
        this.draft = draft;
        this.program = program;
    }

    /** Carries a number over, or the program's default. */
    void number(String key, String path, @Nullable Double fallback) {
        Double value = config.number(key);
        if (value != null) {
            draft.put(path, plain(value));
        } else if (fallback != null && !config.has(key)) {
            draft.put(path, plain(fallback), "the default of " + program);
        }
    }

    /**
     * The keys of transformers' TrainingArguments, which several programs share.
     *
     * @param learningRate the program's default
     */
    void trainingArguments(double learningRate) {
        epochs("num_train_epochs", 3, "max_steps");
        number("learning_rate", "training.learningRate", learningRate);
        optimizer("optim");
        schedule("lr_scheduler_type", "linear");
        warmup("warmup_ratio", "warmup_steps", "max_steps", 0);
        number("weight_decay", "training.weightDecay", 0.0);
        number("max_grad_norm", "training.maxGradientNorm", null);
        batch("per_device_train_batch_size", 8, "gradient_accumulation_steps", 1);
        number("seed", "training.seed", null);
        every("eval_steps", "training.validateEvery");
        every("save_steps", "training.checkpointEvery");
    }

    /** Carries a number of passes over, unless a number of steps replaces it. */
    void epochs(String key, double fallback, String stepsKey) {
        number(key, "training.epochs", fallback);
        Double steps = config.number(stepsKey);
        if (steps != null && steps > 0) {
            draft.comment(
                    "training.epochs",
                    stepsKey + " is " + plain(steps) + " in " + draft.source() + ", but passes are counted here:"
                            + " epochs = " + plain(steps) + " * batchSize / training examples");
        }
    }

    /** Carries the batch of a step over, which is a product there. */
    void batch(String microKey, double micro, String accumulationKey, double accumulation) {
        Double each = config.number(microKey);
        Double times = config.number(accumulationKey);
        double size = (each == null ? micro : each) * (times == null ? accumulation : times);
        draft.put(
                "training.batchSize",
                plain(size),
                microKey + " * " + accumulationKey + "; times the number of GPUs if there was more than one");
    }

    /** Carries the warm-up over: a share of all steps, which a number of steps is only if all are known. */
    void warmup(String ratioKey, String stepsKey, String allStepsKey, double fallback) {
        Double ratio = config.number(ratioKey);
        Double steps = config.number(stepsKey);
        Double all = config.number(allStepsKey);
        if (steps != null && steps > 0 && steps < 1) {
            ratio = steps;
        } else if (steps != null && steps > 0) {
            if (all != null && all > steps) {
                draft.put("training.warmup", steps / all, stepsKey + " / " + allStepsKey);
            } else {
                draft.put(
                        "training.warmup",
                        0.05,
                        stepsKey + " is " + plain(steps) + " in " + draft.source()
                                + ", but this is a share of all steps");
            }
            return;
        }
        if (ratio != null && ratio >= 1) {
            draft.put(
                    "training.warmup",
                    0.05,
                    ratioKey + " is " + plain(ratio) + " in " + draft.source() + ", but this is a share of all steps");
        } else if (ratio != null) {
            draft.put("training.warmup", plain(ratio));
        } else {
            draft.put("training.warmup", plain(fallback), "the default of " + program);
        }
    }

    /** Carries the schedule over. */
    void schedule(String key, String fallback) {
        String name = config.text(key);
        String known = name == null ? fallback : name.toLowerCase(Locale.ROOT);
        String nearest = known.startsWith("constant") ? "constant" : known.startsWith("cosine") ? "cosine" : "linear";
        if (name == null) {
            draft.put("training.schedule", nearest, "the default of " + program);
        } else if (List.of("cosine", "linear", "constant", "constant_with_warmup")
                .contains(known)) {
            draft.put("training.schedule", nearest);
        } else {
            draft.put("training.schedule", nearest, name + " in " + draft.source() + "; this is the nearest");
        }
    }

    /** Carries the optimizer over. */
    void optimizer(String key) {
        String name = config.text(key);
        if (name == null) {
            return;
        }
        String known = name.toLowerCase(Locale.ROOT);
        if (known.equals("adafactor")) {
            draft.put("training.optimizer", "adafactor");
        } else if (ADAMW.contains(known)) {
            draft.put("training.optimizer", "adamw");
        } else if (known.contains("adamw")) {
            draft.put(
                    "training.optimizer",
                    "adamw",
                    name + " in " + draft.source() + "; the states of the adapter's few weights stay in 32 bits here");
        } else {
            draft.put(
                    "training.optimizer",
                    "adamw",
                    name + " in " + draft.source() + "; this is the nearest, and may need another learning rate");
        }
    }

    /** Carries the precision over; a full fine-tune has 32-bit weights here. */
    void precision(String bfloatKey, String halfKey, boolean full) {
        JsonNode bfloat = config.peek(bfloatKey);
        boolean auto = bfloat.asText().equals("auto");
        boolean half = config.isOn(halfKey);
        Boolean on = config.flag(bfloatKey);
        if (auto) {
            config.take(bfloatKey);
        }
        if (auto && !half) {
            draft.put("training.precision", "auto");
        } else if (half) {
            draft.put("training.precision", "auto", halfKey + " in " + draft.source() + ", which is not available");
        } else if (full && Boolean.TRUE.equals(on)) {
            draft.put(
                    "training.precision", "float32", bfloatKey + " in " + draft.source() + "; method full needs this");
        } else if (Boolean.TRUE.equals(on)) {
            draft.put("training.precision", "bfloat16");
        } else if (Boolean.FALSE.equals(on)) {
            draft.put("training.precision", "float32");
        }
    }

    /** Carries the recomputation of layers over. */
    void checkpointing(String key) {
        if (config.has(key)) {
            Boolean on = config.flag(key);
            boolean named = on == null && config.peek(key).isTextual();
            if (named) {
                draft.put("training.gradientCheckpointing", "on", config.text(key) + " in " + draft.source());
            } else if (on != null) {
                draft.put("training.gradientCheckpointing", on ? "on" : "off");
            }
        }
    }

    /** Carries a number of steps over; a share of all steps has no counterpart. */
    void every(String key, String path) {
        Double steps = config.number(key);
        if (steps == null) {
            return;
        }
        if (steps >= 1 && steps == Math.rint(steps)) {
            draft.put(path, plain(steps));
        } else {
            draft.leave(key, config.peek(key), "here a number of optimizer steps, see " + path);
        }
    }

    /** Carries a share of rows for validation over; a number of rows becomes a tenth. */
    void validation(String key) {
        Double size = config.number(key);
        if (size == null || size == 0) {
            return;
        }
        if (size < 1) {
            draft.put("dataset.validation", plain(size));
        } else {
            draft.put(
                    "dataset.validation",
                    0.1,
                    key + " is " + plain(size) + " rows in " + draft.source() + ", but this is a share of train");
        }
    }

    /** A whole number without a point. */
    static Number plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }
}
