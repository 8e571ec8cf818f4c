package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configurations of Axolotl. */
final class AxolotlImport implements ForeignProgram {
    private static final List<String> STAGES =
            List.of("rl", "pretraining_dataset", "reward_model", "process_reward_model", "ebft");

    /** Readers of the datasets library, which stand in place of a path. */
    private static final List<String> LOADERS = List.of("json", "csv", "parquet", "text");

    @Override
    public String program() {
        return "Axolotl";
    }

    @Override
    public boolean recognizes(ForeignConfig config) {
        return config.has("base_model")
                && !config.has("task")
                && (config.has("datasets")
                        || config.has("sequence_len")
                        || config.has("micro_batch_size")
                        || config.has("pretraining_dataset"));
    }

    @Override
    public void carry(ForeignConfig config, SpecDraft draft) {
        for (String stage : STAGES) {
            if (config.has(stage) && !Boolean.FALSE.equals(config.flag(stage))) {
                JsonNode value = config.peek(stage);
                String what = value.isTextual()
                        ? value.asText() + " is another kind of training"
                        : "this is another kind of training";
                throw ForeignProgram.notSupervised(config, stage, what);
            }
        }
        String model = config.text("base_model");
        SourceNaming.Named named = SourceNaming.model(model == null ? "" : model, config.text("revision_of_model"));
        draft.put("base.model", named.name(), named.comment());
        datasets(config, draft);
        template(config, draft);
        boolean full = adapter(config, draft);
        TrainerKeys keys = new TrainerKeys(config, draft, program());
        keys.epochs("num_epochs", 1, "max_steps");
        keys.number("learning_rate", "training.learningRate", null);
        keys.optimizer("optimizer");
        keys.schedule("lr_scheduler", "cosine");
        keys.warmup("warmup_ratio", "warmup_steps", "max_steps", 0.03);
        keys.number("weight_decay", "training.weightDecay", 0.0);
        keys.number("max_grad_norm", "training.maxGradientNorm", null);
        keys.batch("micro_batch_size", 1, "gradient_accumulation_steps", 1);
        keys.checkpointing("gradient_checkpointing");
        keys.precision("bf16", "fp16", full);
        keys.number("seed", "training.seed", null);
        keys.every("eval_steps", "training.validateEvery");
        keys.number("early_stopping_patience", "training.earlyStopping", null);
        keys.every("save_steps", "training.checkpointEvery");
    }

    private static void datasets(ForeignConfig config, SpecDraft draft) {
        List<JsonNode> list = config.mappings("datasets");
        List<String> train = new ArrayList<>();
        Set<String> comments = new LinkedHashSet<>();
        Set<String> layouts = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            ForeignConfig dataset = config.entry("datasets[" + i + "]", list.get(i));
            train.addAll(names(dataset, comments));
            layouts.add(layout(dataset, draft));
        }
        if (train.isEmpty()) {
            train.add("data/train.jsonl");
            comments.add(draft.source() + " names no dataset");
        }
        draft.put("dataset.train", train.size() == 1 ? train.get(0) : train, joined(comments));
        layouts.remove("");
        if (layouts.size() == 1 && !draft.has("dataset.columns") && list.size() == 1) {
            draft.put("dataset.layout", layouts.iterator().next());
        }
        List<String> held = new ArrayList<>();
        Set<String> heldComments = new LinkedHashSet<>();
        List<JsonNode> tests = config.mappings("test_datasets");
        for (int i = 0; i < tests.size(); i++) {
            held.addAll(names(config.entry("test_datasets[" + i + "]", tests.get(i)), heldComments));
        }
        if (held.isEmpty()) {
            new TrainerKeys(config, draft, "Axolotl").validation("val_set_size");
        } else {
            draft.put("dataset.validation", held.size() == 1 ? held.get(0) : held, joined(heldComments));
        }
        Double length = config.number("sequence_len");
        if (length != null) {
            draft.put("dataset.maxLength", TrainerKeys.plain(length));
            draft.put("dataset.longExamples", "drop", "as Axolotl does");
        }
    }

    private static List<String> names(ForeignConfig dataset, Set<String> comments) {
        String path = dataset.text("path");
        List<String> files = new ArrayList<>();
        JsonNode given = dataset.take("data_files");
        if (given.isTextual()) {
            files.add(given.asText());
        }
        given.forEach(file -> files.add(file.asText()));
        String known = path == null ? "data" : path;
        String kind = dataset.text("ds_type");
        String split = dataset.text("split");
        if (!files.isEmpty() && !SourceNaming.isHub(known)) {
            boolean reader = LOADERS.contains(known);
            return files.stream()
                    .map(file -> reader ? file : known + "/" + file)
                    .toList();
        }
        if (kind != null && !SourceNaming.isHub(known)) {
            return List.of(known);
        }
        String revision = dataset.text("revision");
        List<String> names = new ArrayList<>();
        for (String file : files.isEmpty() ? List.of("") : files) {
            SourceNaming.Named named =
                    SourceNaming.data(known, file.isEmpty() ? List.of() : List.of(file), split, revision);
            names.add(named.name());
            if (named.comment() != null) {
                comments.add(named.comment());
            }
        }
        return names;
    }

    private static String layout(ForeignConfig dataset, SpecDraft draft) {
        if (dataset.peek("type").isObject()) {
            columns(dataset.child("type"), draft);
            return "";
        }
        String type = dataset.text("type");
        String field = dataset.peek("field_messages").asText();
        if (type == null || type.startsWith("chat_template")) {
            JsonNode roles = dataset.peek("message_property_mappings");
            boolean shareGpt = field.equals("conversations")
                    || roles.path("role").asText().equals("from")
                    || dataset.peek("message_field_role").asText().equals("from");
            return shareGpt ? "sharegpt" : type == null ? "" : "messages";
        }
        if (type.startsWith("sharegpt")) {
            return "sharegpt";
        }
        if (type.equals("alpaca") || type.startsWith("alpaca:")) {
            draft.put(
                    "dataset.template",
                    "alpaca",
                    "type: " + type + "; Axolotl begins it with a preamble, which dataset.system can say");
            return "alpaca";
        }
        if (type.equals("completion")) {
            draft.put("dataset.template", "raw", "type: completion learns whole texts");
            return "text";
        }
        if (!type.equals("input_output")) {
            draft.leave(
                    "datasets.type", JsonNodeFactory.instance.textNode(type), "see dataset.layout and dataset.columns");
        }
        return "";
    }

    private static void columns(ForeignConfig type, SpecDraft draft) {
        String prompt = type.text("field_instruction");
        String output = type.text("field_output");
        if (prompt == null || output == null) {
            return;
        }
        ObjectNode columns = JsonNodeFactory.instance.objectNode().put("prompt", prompt);
        String input = type.text("field_input");
        if (input != null) {
            columns.put("input", input);
        }
        draft.put("dataset.columns", columns.put("completion", output));
        String system = type.text("system_prompt");
        if (system != null) {
            draft.put("dataset.system", system);
        }
    }

    private static void template(ForeignConfig config, SpecDraft draft) {
        if (config.isOn("train_on_inputs")) {
            draft.comment("dataset.train", "train_on_inputs is true there, but only answers are learned here");
        }
        String system = config.text("default_system_message");
        if (system != null) {
            draft.put("dataset.system", system);
        }
        String template = config.text("chat_template");
        if (template == null || template.startsWith("tokenizer_default")) {
            return;
        }
        if (template.equals("chatml") || template.equals("alpaca")) {
            draft.put("dataset.template", template);
        } else {
            draft.put("dataset.template", "auto", template + " in " + draft.source() + "; the base's own is used here");
        }
    }

    private static boolean adapter(ForeignConfig config, SpecDraft draft) {
        String kind = config.text("adapter");
        boolean four = config.isOn("load_in_4bit");
        boolean eight = config.isOn("load_in_8bit");
        if (kind == null) {
            draft.put("adapter.method", "full", four || eight ? AdapterKeys.UNQUANTIZED : null);
            return true;
        }
        AdapterKeys keys = new AdapterKeys(config, draft, "Axolotl");
        keys.method("peft_use_dora", "peft_use_rslora");
        if (!List.of("lora", "qlora").contains(kind)) {
            draft.comment("adapter.method", kind + " in " + draft.source() + "; this is the nearest");
        }
        keys.shape("lora_r", 8, "lora_alpha", rank -> 2 * rank, "lora_dropout", 0);
        keys.targets("lora_target_modules");
        if (config.isOn("lora_target_linear") || !draft.has("adapter.targets")) {
            draft.put("adapter.targets", "all-linear");
        }
        JsonNode layers = config.peek("peft_layers_to_transform");
        if (layers.isArray()) {
            draft.put("adapter.layers", config.take("peft_layers_to_transform"));
        }
        keys.quantization(kind.equals("qlora") || four ? 4 : eight ? 8 : 0);
        String adapter = config.text("lora_model_dir");
        if (adapter != null) {
            startFrom(draft, adapter);
        }
        return false;
    }

    /** An adapter to continue from fixes the shape. */
    static void startFrom(SpecDraft draft, String adapter) {
        SourceNaming.Named named = SourceNaming.adapter(adapter);
        for (String key : List.of("rank", "alpha", "scaling", "targets", "layers")) {
            draft.entries().remove("adapter." + key);
        }
        draft.put("adapter.startFrom", named.name(), named.comment() + "; it fixes the adapter's shape");
    }

    static @Nullable String joined(Set<String> comments) {
        return comments.isEmpty() ? null : String.join("; ", comments);
    }
}
