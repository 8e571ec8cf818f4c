package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.model.PythonJson;
import io.github.ftmaven.runtime.spec.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes {@code adapter_config.json} in PEFT's layout, with the keys that all its versions support. */
final class PeftConfigWriter {
    private PeftConfigWriter() {}

    /** Writes the file, replacing an older one atomically. */
    static void write(Path file, PeftConfig config) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(temporary, format(config));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The keys sorted, as PEFT sorts them. */
    static String format(PeftConfig config) throws JsonProcessingException {
        JsonMapper mapper = Json.lenient();
        ObjectNode json = mapper.createObjectNode();
        LoraSelection selection = config.selection();
        ObjectNode alphas = json.putObject("alpha_pattern");
        selection.alphaPattern().forEach((modules, alpha) -> putAlpha(alphas, modules, alpha));
        json.putNull("auto_mapping");
        json.put("base_model_name_or_path", config.baseModel());
        json.put("bias", "none");
        putTargets(json, "exclude_modules", selection.exclude());
        json.put("fan_in_fan_out", false);
        json.put("inference_mode", true);
        json.put("init_lora_weights", true);
        json.putNull("layers_pattern");
        if (selection.layers().isEmpty()) {
            json.putNull("layers_to_transform");
        } else {
            selection.layers().forEach(json.putArray("layers_to_transform")::add);
        }
        putAlpha(json, "lora_alpha", selection.alpha());
        json.put("lora_dropout", config.dropout());
        json.putNull("modules_to_save");
        json.put("peft_type", "LORA");
        json.put("r", selection.rank());
        ObjectNode ranks = json.putObject("rank_pattern");
        selection.rankPattern().forEach(ranks::put);
        json.put("revision", config.revision());
        putTargets(json, "target_modules", selection.targets());
        json.put("task_type", "CAUSAL_LM");
        json.put("use_dora", config.dora());
        json.put("use_rslora", selection.rankStabilized());
        return PythonJson.format(json);
    }

    /** PEFT declares alpha as an integer, and some readers require one if possible. */
    private static void putAlpha(ObjectNode json, String key, double alpha) {
        if (alpha == Math.rint(alpha) && alpha <= Integer.MAX_VALUE) {
            json.put(key, (int) alpha);
        } else {
            json.put(key, alpha);
        }
    }

    private static void putTargets(ObjectNode json, String key, Targets targets) {
        if (targets.regex() != null) {
            json.put(key, targets.regex());
        } else if (targets.modules().isEmpty()) {
            json.putNull(key);
        } else {
            targets.modules().forEach(json.putArray(key)::add);
        }
    }
}
