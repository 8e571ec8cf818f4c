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
                        "base_model: acme/tiny\ndatasets: [{path: acme/rows, type: alpaca}]\nadapter: lora\nlora_r: 8\n"
                                + "lora_target_modules: [q_proj]\nlearning_rate: 2e-4\nwarmup_steps: 3\nmicro_batch_size: 2\n",
                        "model_name_or_path: acme/tiny\nstage: sft\ndataset: a,b\nlora_target: all\nval_size: 0.1\n",
                        "task: llm-sft\nbase_model: acme/tiny\ndata: {path: data, chat_template: chatml}\n"
                                + "params: {peft: true, lr: 1e-4, block_size: 64}\n",
                        "model_name_or_path: acme/tiny\ndataset_mixture: {datasets: [{id: acme/rows}]}\nuse_peft: true\n",
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
