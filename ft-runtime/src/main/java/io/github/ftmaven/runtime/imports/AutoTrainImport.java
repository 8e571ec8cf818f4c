package io.github.ftmaven.runtime.imports;

import java.util.List;

/** Configurations of AutoTrain Advanced for its task {@code llm-sft}. */
final class AutoTrainImport implements ForeignProgram {
    private static final List<String> TASKS =
            List.of("llm-sft", "llm:sft", "llm", "llm-generic", "llm:generic", "llm:default");

    @Override
    public String program() {
        return "AutoTrain";
    }

    @Override
    public boolean recognizes(ForeignConfig config) {
        return config.has("task") && config.has("base_model") && (config.has("params") || config.has("data"));
    }

    @Override
    public void carry(ForeignConfig config, SpecDraft draft) {
        String task = String.valueOf(config.text("task"));
        if (!TASKS.contains(task)) {
            throw ForeignProgram.notSupervised(config, "task", task + " is another kind of training");
        }
        String project = config.text("project_name");
        if (project != null) {
            draft.put("name", project);
        }
        String model = config.text("base_model");
        SourceNaming.Named named = SourceNaming.model(model == null ? "" : model, null);
        draft.put("base.model", named.name(), named.comment());
        ForeignConfig params = config.child("params");
        data(config.child("data"), params, draft);
        config.child("hub");
        boolean full = adapter(params, draft);
        TrainerKeys keys = new TrainerKeys(params, draft, program());
        keys.epochs("epochs", 1, "max_steps");
        keys.number("lr", "training.learningRate", 3e-5);
        keys.optimizer("optimizer");
        keys.schedule("scheduler", "linear");
        keys.warmup("warmup_ratio", "warmup_steps", "max_steps", 0.1);
        keys.number("weight_decay", "training.weightDecay", 0.0);
        keys.number("max_grad_norm", "training.maxGradientNorm", null);
        keys.batch("batch_size", 2, "gradient_accumulation", 4);
        Boolean recomputes = params.flag("disable_gradient_checkpointing");
        if (recomputes != null) {
            draft.put("training.gradientCheckpointing", recomputes ? "off" : "on");
        }
        precision(params, draft, full);
        keys.number("seed", "training.seed", null);
        if (params.isOn("merge_adapter")) {
            boolean quantized = draft.has("base.quantization");
            draft.put(
                    "artifact.formats",
                    full || quantized ? List.of("peft") : List.of("peft", "merged"),
                    quantized
                            ? "merge_adapter is true there; an adapter beside quantized weights is not merged here"
                            : null);
        }
    }

    private void data(ForeignConfig data, ForeignConfig params, SpecDraft draft) {
        String path = data.text("path");
        SourceNaming.Named train =
                SourceNaming.data(path == null ? "data" : path, List.of(), data.text("train_split"), null);
        draft.put("dataset.train", train.name(), train.comment());
        String split = data.text("valid_split");
        if (split != null) {
            SourceNaming.Named held = SourceNaming.data(path == null ? "data" : path, List.of(), split, null);
            draft.put("dataset.validation", held.name(), held.comment());
        }
        String template = data.text("chat_template");
        String column = data.child("column_mapping").text("text_column");
        if (template == null || template.equals("none")) {
            draft.put("dataset.template", "raw", "AutoTrain learns whole texts without a template");
            draft.put("dataset.layout", "text");
            if (column != null && !column.equals("text")) {
                draft.comment("dataset.layout", "the texts are in the column " + column + "; rename it to text");
            }
        } else {
            boolean known = template.equals("chatml");
            draft.put(
                    "dataset.template",
                    known ? "chatml" : "auto",
                    known || template.equals("tokenizer")
                            ? null
                            : template + " in " + draft.source() + "; the base's own is used here");
            draft.put(
                    "dataset.layout",
                    "messages",
                    column == null || column.equals("messages") ? null : "in the column " + column + "; rename it");
        }
        Double length = params.number("block_size");
        if (length != null && length > 0) {
            draft.put("dataset.maxLength", TrainerKeys.plain(length));
            draft.put("dataset.longExamples", "drop", "AutoTrain cuts them off");
        }
    }

    private boolean adapter(ForeignConfig params, SpecDraft draft) {
        boolean has = params.isOn("peft") || params.isOn("use_peft");
        String bits = params.text("quantization");
        if (!has) {
            draft.put("adapter.method", "full", bits == null ? null : AdapterKeys.UNQUANTIZED);
            return true;
        }
        AdapterKeys keys = new AdapterKeys(params, draft, program());
        keys.method("use_dora", "use_rslora");
        keys.shape("lora_r", 16, "lora_alpha", rank -> 32, "lora_dropout", 0.05);
        keys.targets("target_modules");
        if (!draft.has("adapter.targets")) {
            draft.put("adapter.targets", "all-linear", "the default of AutoTrain");
        }
        keys.quantization("int4".equals(bits) ? 4 : "int8".equals(bits) ? 8 : 0);
        return false;
    }

    private static void precision(ForeignConfig params, SpecDraft draft, boolean full) {
        String precision = params.text("mixed_precision");
        if (precision == null) {
            return;
        }
        switch (precision) {
            case "bf16" ->
                draft.put(
                        "training.precision",
                        full ? "float32" : "bfloat16",
                        full ? "bf16 in " + draft.source() + "; method full needs this" : null);
            case "fp16" ->
                draft.put("training.precision", "auto", "fp16 in " + draft.source() + ", which is not available");
            default -> draft.put("training.precision", "float32");
        }
    }
}
