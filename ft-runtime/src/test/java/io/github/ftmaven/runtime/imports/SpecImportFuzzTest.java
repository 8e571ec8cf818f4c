package io.github.ftmaven.runtime.imports;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class SpecImportFuzzTest extends FuzzedReader {
    SpecImportFuzzTest() {
        super("import");
    }

    @Override
    protected List<byte[]> seeds() {
        return Stream.of(
                        "{base_model: acme/tiny, datasets: [{path: acme/rows, type: alpaca}], adapter: lora, lora_r: 8,"
                                + " lora_target_modules: [q_proj], learning_rate: 2e-4, warmup_steps: 3}",
                        "{model_name_or_path: acme/tiny, stage: sft, dataset: 'a,b', lora_target: all, val_size: 0.1}",
                        "{task: llm-sft, base_model: acme/tiny, data: {path: data, chat_template: chatml},"
                                + " params: {peft: true, lr: 1e-4, block_size: 64}}",
                        "{model_name_or_path: acme/tiny, dataset_mixture: {datasets: [{id: acme/rows}]}, use_peft: true}",
                        "{\"object\": \"fine_tuning.job\", \"model\": \"x\", \"training_file\": \"f\", \"seed\": 1}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path file = directory.resolve("import.yml");
        Files.write(file, input);
        SpecImport.read(file, "import.yml");
    }
}
