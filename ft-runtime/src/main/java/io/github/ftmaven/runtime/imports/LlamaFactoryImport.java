package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Configurations of LLaMA-Factory. Its datasets have names, which {@code dataset_info.json} explains. */
final class LlamaFactoryImport implements ForeignProgram {
    private static final List<String> OWN = List.of(
            "stage", "finetuning_type", "template", "cutoff_len", "do_train", "lora_target", "adapter_name_or_path");

    private final Path file;

    /** Prepares to read a configuration in this file. */
    LlamaFactoryImport(Path file) {
        this.file = file;
    }

    @Override
    public String program() {
        return "LLaMA-Factory";
    }

    @Override
    public boolean recognizes(ForeignConfig config) {
        return config.has("model_name_or_path")
                && !config.has("dataset_name")
                && !config.has("dataset_mixture")
                && OWN.stream().anyMatch(config::has);
    }

    @Override
    public void carry(ForeignConfig config, SpecDraft draft) {
        String stage = config.text("stage");
        if (stage != null && !stage.equals("sft")) {
            throw ForeignProgram.notSupervised(config, "stage", stage + " is another kind of training");
        }
        if (!config.has("dataset")
                && (config.has("export_dir")
                        || config.has("infer_backend")
                        || config.has("eval_dataset")
                        || config.has("task"))) {
            throw config.problem(
                    "model_name_or_path",
                    "the configuration exports, serves or evaluates a model. Import the one that trains it.");
        }
        config.flag("do_train");
        String model = config.text("model_name_or_path");
        SourceNaming.Named named = SourceNaming.model(model == null ? "" : model, config.text("model_revision"));
        draft.put("base.model", named.name(), named.comment());
        datasets(config, draft);
        template(config, draft);
        boolean full = adapter(config, draft);
        TrainerKeys keys = new TrainerKeys(config, draft, program());
        keys.trainingArguments(5e-5);
        keys.precision(config.has("pure_bf16") ? "pure_bf16" : "bf16", "fp16", full);
        Boolean off = config.flag("disable_gradient_checkpointing");
        if (off != null) {
            draft.put("training.gradientCheckpointing", off ? "off" : "on");
        }
    }

    private void datasets(ForeignConfig config, SpecDraft draft) {
        DatasetInfo info = DatasetInfo.near(file, config.text("dataset_dir"));
        Set<String> comments = new LinkedHashSet<>();
        List<String> names = names(config.take("dataset"));
        List<String> train = info.files(names, comments);
        if (train.isEmpty()) {
            train = List.of("data/train.jsonl");
            comments.add(draft.source() + " names no dataset");
        }
        Set<String> heldComments = new LinkedHashSet<>();
        List<String> heldNames = names(config.take("eval_dataset"));
        List<String> held = info.files(heldNames, heldComments);
        Map<String, String> columns =
                info.columns(Stream.concat(names.stream(), heldNames.stream()).toList(), comments);
        draft.put("dataset.train", train.size() == 1 ? train.get(0) : train, AxolotlImport.joined(comments));
        if (!columns.isEmpty()) {
            draft.put("dataset.columns", columns);
        }
        if (held.isEmpty()) {
            new TrainerKeys(config, draft, program()).validation("val_size");
        } else {
            draft.put("dataset.validation", held.size() == 1 ? held.get(0) : held, AxolotlImport.joined(heldComments));
        }
        Double length = config.number("cutoff_len");
        draft.put("dataset.maxLength", TrainerKeys.plain(length == null ? 2048 : length));
        draft.put("dataset.longExamples", "drop", "LLaMA-Factory cuts them off");
        if (config.isOn("mask_history")) {
            draft.put("dataset.learn", "last-answer", "mask_history");
        }
        if (config.isOn("train_on_prompt")) {
            draft.comment("dataset.train", "train_on_prompt is true there, but only answers are learned here");
        }
        Double most = config.number("max_samples");
        if (most != null) {
            draft.leave(
                    "max_samples",
                    JsonNodeFactory.instance.textNode(String.valueOf(TrainerKeys.plain(most))),
                    "all rows of the files are used; write a smaller file to try things out");
        }
    }

    private static List<String> names(JsonNode value) {
        List<String> names = new ArrayList<>();
        if (value.isTextual()) {
            names.addAll(List.of(value.asText().strip().split("\\s*,\\s*")));
        }
        value.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static void template(ForeignConfig config, SpecDraft draft) {
        String system = config.text("default_system");
        if (system != null) {
            draft.put("dataset.system", system);
        }
        String template = config.text("template");
        if (template == null) {
            return;
        }
        switch (template) {
            case "alpaca", "chatml" -> draft.put("dataset.template", template);
            case "empty" -> draft.put("dataset.template", "raw");
            default ->
                draft.put(
                        "dataset.template",
                        "auto",
                        template + " in " + draft.source() + "; the base's own is used here");
        }
        Boolean thinking = config.flag("enable_thinking");
        if (thinking != null) {
            draft.put(
                    "dataset.templateArguments",
                    JsonNodeFactory.instance.objectNode().put("enable_thinking", thinking));
        }
    }

    private boolean adapter(ForeignConfig config, SpecDraft draft) {
        String kind = config.text("finetuning_type");
        Double bits = config.number("quantization_bit");
        if ("full".equals(kind)) {
            draft.put("adapter.method", "full", bits == null ? null : AdapterKeys.UNQUANTIZED);
            return true;
        }
        AdapterKeys keys = new AdapterKeys(config, draft, program());
        keys.method("use_dora", "use_rslora");
        if (kind != null && !kind.equals("lora")) {
            draft.comment("adapter.method", kind + " in " + draft.source() + "; this is the nearest");
        }
        keys.shape("lora_rank", 8, "lora_alpha", rank -> 2 * rank, "lora_dropout", 0);
        keys.targets("lora_target");
        if (!draft.has("adapter.targets")) {
            draft.put("adapter.targets", "all-linear", "the default of " + program());
        }
        if (bits != null) {
            keys.quantization(bits.intValue());
            String method = config.text("quantization_method");
            if (!draft.has("base.quantization")) {
                draft.leave(
                        "quantization_bit", config.peek("quantization_bit"), "4 bits (nf4) and 8 bits (int8) exist");
            } else if (method != null && !List.of("bnb", "bitsandbytes").contains(method)) {
                draft.comment("base.quantization", method + " in " + draft.source() + "; as bitsandbytes does it here");
            }
            Boolean twice = config.flag("double_quantization");
            if (twice != null && bits == 4) {
                draft.put("base.doubleQuantization", twice);
            }
        }
        String adapter = config.text("adapter_name_or_path");
        if (adapter != null) {
            AxolotlImport.startFrom(draft, adapter);
        }
        return false;
    }
}
