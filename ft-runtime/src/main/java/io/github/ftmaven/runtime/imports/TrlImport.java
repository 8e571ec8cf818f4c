package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Configurations of TRL's command {@code trl sft}, and of scripts and recipes on top of its SFTTrainer. */
final class TrlImport implements ForeignProgram {
    private static final List<String> OWN = List.of(
            "dataset_name",
            "dataset_mixture",
            "dataset_mixer",
            "datasets",
            "per_device_train_batch_size",
            "use_peft",
            "lora_r");

    /** Keys of its trainers for preferences and rewards. */
    private static final List<String> OTHER_TRAINERS = List.of(
            "reward_funcs",
            "reward_model_path",
            "max_prompt_length",
            "max_completion_length",
            "num_generations",
            "beta",
            "desirable_weight");

    @Override
    public String program() {
        return "TRL";
    }

    @Override
    public boolean recognizes(ForeignConfig config) {
        return config.has("model_name_or_path") && OWN.stream().anyMatch(config::has);
    }

    @Override
    public void carry(ForeignConfig config, SpecDraft draft) {
        for (String key : OTHER_TRAINERS) {
            if (config.has(key)) {
                throw ForeignProgram.notSupervised(config, key, "this key is for learning from preferences or rewards");
            }
        }
        String model = config.text("model_name_or_path");
        SourceNaming.Named named = SourceNaming.model(model == null ? "" : model, config.text("model_revision"));
        draft.put("base.model", named.name(), named.comment());
        datasets(config, draft);
        boolean full = adapter(config, draft);
        TrainerKeys keys = new TrainerKeys(config, draft, program());
        keys.trainingArguments(2e-5);
        keys.checkpointing("gradient_checkpointing");
        keys.precision("bf16", "fp16", full);
    }

    private void datasets(ForeignConfig config, SpecDraft draft) {
        Set<String> comments = new LinkedHashSet<>();
        List<String> train = new ArrayList<>();
        String name = config.text("dataset_name");
        if (name != null) {
            add(train, comments, name, config.text("dataset_train_split"));
        }
        List<JsonNode> mixture = config.has("dataset_mixture")
                ? config.child("dataset_mixture").mappings("datasets")
                : config.mappings("datasets");
        for (int i = 0; i < mixture.size(); i++) {
            ForeignConfig dataset = config.entry("datasets[" + i + "]", mixture.get(i));
            String id = dataset.has("id") ? dataset.text("id") : dataset.text("path");
            add(train, comments, id == null ? "data" : id, dataset.text("split"));
        }
        config.take("dataset_mixer").properties().forEach(entry -> {
            add(train, comments, entry.getKey(), null);
            comments.add("the shares in dataset_mixer are not drawn here");
        });
        if (train.isEmpty()) {
            train.add("data/train.jsonl");
            comments.add(draft.source() + " names no dataset");
        }
        if (!config.isOn("assistant_only_loss") && !config.isOn("completion_only_loss")) {
            comments.add("TRL learns whole conversations unless told otherwise, but only answers are learned here");
        }
        draft.put("dataset.train", train.size() == 1 ? train.get(0) : train, AxolotlImport.joined(comments));
        new TrainerKeys(config.child("dataset_mixture"), draft, program()).validation("test_split_size");
        String held = config.text("dataset_test_split");
        if (held != null && name != null) {
            SourceNaming.Named validation = SourceNaming.data(name, List.of(), held, null);
            draft.put("dataset.validation", validation.name(), validation.comment());
        }
        Double length = config.number("max_length");
        if (length == null) {
            length = config.number("max_seq_length");
        }
        draft.put(
                "dataset.maxLength",
                TrainerKeys.plain(length == null ? 1024 : length),
                length == null ? "the default of TRL" : null);
        draft.put("dataset.longExamples", "drop", "TRL cuts them off");
        if (config.has("chat_template") || config.has("chat_template_path")) {
            draft.put("dataset.template", "auto", "the base's own; see below for the one in " + draft.source());
            for (String key : List.of("chat_template", "chat_template_path")) {
                if (config.has(key)) {
                    draft.leave(key, config.take(key), "write it to chat_template.jinja in a copy of the base");
                }
            }
        }
    }

    private static void add(List<String> names, Set<String> comments, String name, @Nullable String split) {
        SourceNaming.Named named = SourceNaming.data(name, List.of(), split, null);
        if (!names.contains(named.name())) {
            names.add(named.name());
        }
        if (named.comment() != null) {
            comments.add(named.comment());
        }
    }

    private boolean adapter(ForeignConfig config, SpecDraft draft) {
        boolean four = config.isOn("load_in_4bit");
        boolean eight = config.isOn("load_in_8bit");
        boolean has = config.isOn("use_peft") || (config.has("lora_r") && !config.has("use_peft"));
        if (!has) {
            draft.put("adapter.method", "full", four || eight ? AdapterKeys.UNQUANTIZED : null);
            return true;
        }
        AdapterKeys keys = new AdapterKeys(config, draft, program());
        keys.method("use_dora", "use_rslora");
        keys.shape("lora_r", 16, "lora_alpha", rank -> 32, "lora_dropout", 0.05);
        keys.targets("lora_target_modules");
        if (!draft.has("adapter.targets")) {
            draft.put("adapter.targets", List.of("q_proj", "v_proj"), "PEFT's default for most families");
        }
        keys.quantization(four ? 4 : eight ? 8 : 0);
        String kind = config.text("bnb_4bit_quant_type");
        if (kind != null && !kind.equals("nf4")) {
            draft.comment("base.quantization", kind + " in " + draft.source() + "; only nf4 is available");
        }
        Boolean twice = config.flag("use_bnb_nested_quant");
        if (twice != null && four) {
            draft.put("base.doubleQuantization", twice);
        }
        return false;
    }
}
