package io.github.ftmaven.runtime.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecImportTest {
    private static final String TOKEN = "hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH";

    private static final String AXOLOTL = """
            defaults: &run
              micro_batch_size: 2
              gradient_accumulation_steps: 8
            <<: *run
            base_model: acme/tiny-base
            datasets:
              - path: acme/clauses
                type: alpaca
                revision: 7ae557604adf67be50417f59c2c2f167def9a775
                data_files: [a.jsonl, b.jsonl]
            val_set_size: 0.05
            sequence_len: 2048
            sample_packing: true
            adapter: qlora
            lora_r: 32
            lora_alpha: 16
            lora_dropout: 0.05
            lora_target_modules: [q_proj, v_proj, lm_head]
            num_epochs: 4
            learning_rate: 2e-5
            optimizer: paged_adamw_8bit
            lr_scheduler: cosine
            warmup_steps: 10
            bf16: yes
            gradient_checkpointing: true
            seed: 7
            save_steps: 50
            eval_steps: 25
            hub_token: TOKEN
            wandb_project: clauses
            wandb_entity:
            my_own_option: [1, 2]
            """.replace("TOKEN", TOKEN);

    private static final String LLAMA_FACTORY = """
            model_name_or_path: acme/tiny-base
            stage: sft
            do_train: true
            finetuning_type: lora
            lora_rank: 8
            lora_target: all
            use_dora: true
            dataset: clauses, letters
            template: qwen
            enable_thinking: false
            cutoff_len: 1024
            mask_history: true
            max_samples: 100
            per_device_train_batch_size: 2
            gradient_accumulation_steps: 4
            learning_rate: 1.0e-4
            num_train_epochs: 3.0
            lr_scheduler_type: polynomial
            val_size: 500
            quantization_bit: 8
            deepspeed: ds_z3_config.json
            """;

    private static final String AUTOTRAIN = """
            task: llm-sft
            base_model: acme/tiny-base
            project_name: clauses
            log: tensorboard
            data:
              path: data/
              train_split: train
              valid_split: null
              chat_template: chatml
              column_mapping:
                text_column: messages
            params:
              block_size: 512
              epochs: 2
              lr: 3e-4
              peft: true
              quantization: int4
              target_modules: all-linear
              mixed_precision: bf16
              merge_adapter: true
            hub:
              username: jo
              token: ${HF_TOKEN}
              push_to_hub: true
            """;

    private static final String TRL = """
            model_name_or_path: acme/tiny-base
            model_revision: 7ae557604adf67be50417f59c2c2f167def9a775
            dataset_name: acme/clauses
            dataset_test_split: test
            bf16: true
            use_peft: true
            lora_r: 4
            max_steps: 200
            warmup_steps: 20
            per_device_train_batch_size: 4
            chat_template: "{% for m in messages %}{{ m.content }}{% endfor %}"
            """;

    private static final String JOB = """
            {
              "object": "fine_tuning.job",
              "id": "ftjob-1",
              "model": "gpt-4o-mini-2024-07-18",
              "training_file": "file-1",
              "validation_file": "file-2",
              "seed": 11,
              "user_provided_suffix": "clauses",
              "method": {
                "type": "supervised",
                "supervised": {"hyperparameters": {"n_epochs": 4, "batch_size": "auto", "learning_rate_multiplier": 1.8}}
              },
              "status": "succeeded"
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void carriesAxolotl() throws IOException {
        ImportedSpec imported = imported(AXOLOTL);
        FineTuneSpec spec = spec(imported);

        assertThat(imported.program()).isEqualTo("Axolotl");
        assertThat(spec.training().optimization().learningRate()).isEqualTo(2e-5);
        assertThat(imported.text())
                .contains("  model: hf:acme/tiny-base@main  # write the commit in place of main")
                .contains("  quantization: nf4\n")
                .contains("hf:datasets/acme/clauses@7ae557604adf67be50417f59c2c2f167def9a775:a.jsonl")
                .contains("hf:datasets/acme/clauses@7ae557604adf67be50417f59c2c2f167def9a775:b.jsonl")
                .contains("  layout: alpaca\n", "  template: alpaca ", "  validation: 0.05\n", "  maxLength: 2048\n")
                .contains("  rank: 32\n", "  alpha: 16\n", "  dropout: 0.05\n")
                .contains("  targets: [q_proj, v_proj]  # without lm_head, which cannot be adapted here\n")
                .contains("  epochs: 4\n", "  batchSize: 16 ", "  schedule: cosine\n", "  precision: bfloat16\n")
                .contains("  optimizer: adamw  # paged_adamw_8bit in run.yml")
                .contains("warmup_steps is 10 in run.yml, but this is a share of all steps")
                .contains("  gradientCheckpointing: on\n", "  seed: 7\n")
                .contains("  validateEvery: 25\n", "  checkpointEvery: 50\n")
                .contains("#   hub_token: [not copied] (nothing is pushed to a hub")
                .contains("#   wandb_project: clauses (no logging service")
                .contains("#   my_own_option: [1,2] (not known to the importer")
                .contains("# Empty there: wandb_entity\n")
                .doesNotContain(TOKEN);
    }

    @Test
    void carriesLlamaFactory() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(
                directory.resolve("data/dataset_info.json"), "{\"clauses\": {\"file_name\": \"clauses_en.json\"}}");
        ImportedSpec imported = imported(LLAMA_FACTORY);

        assertThat(imported.program()).isEqualTo("LLaMA-Factory");
        assertThat(imported.text())
                .contains("  # dataset_info.json has no file for letters, so the file is a guess\n")
                .contains("  train: [data/clauses_en.json, data/letters.json]  #")
                .contains("val_size is 500 rows in run.yml, but this is a share of train")
                .contains("  template: auto  # qwen in run.yml; the base's own is used here\n")
                .contains("  templateArguments:\n    enable_thinking: false\n")
                .contains("  learn: last-answer  # mask_history\n", "  maxLength: 1024\n")
                .contains("  method: dora\n", "  rank: 8\n", "  targets: all-linear\n", "  quantization: int8\n")
                .contains("  alpha: 16  # the default of LLaMA-Factory\n")
                .contains("  schedule: linear  # polynomial in run.yml; this is the nearest\n")
                .contains("#   max_samples: 100 (all rows of the files are used")
                .contains("#   deepspeed: ds_z3_config.json (one process on one device");
        assertThat(spec(imported).training().batchSize()).isEqualTo(8);
    }

    @Test
    void carriesTheColumnsOfLlamaFactory() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Path info = directory.resolve("data/dataset_info.json");
        String clauses = "\"clauses\": {\"file_name\": \"c.json\", \"columns\": {\"prompt\": \"q\", \"query\":"
                + " \"more\", \"response\": \"a\"}}";
        Files.writeString(info, "{" + clauses + ", " + clauses.replace("clauses", "letters") + "}");
        assertThat(imported(LLAMA_FACTORY).text())
                .contains("  columns:\n    prompt: q\n    input: more\n    completion: a\n")
                .contains("  train: [data/c.json, data/c.json]\n");

        Files.writeString(info, "{" + clauses + "}");
        assertThat(unwrapped(imported(LLAMA_FACTORY)))
                .doesNotContain(" columns:\n")
                .contains("the columns of these datasets differ: see dataset_info.json and dataset.columns");

        Files.writeString(
                info,
                "{\"clauses\": {\"file_name\": \"c.json\", \"columns\": {\"prompt\": \"q\", \"response\": \"a\", \"system\":"
                        + " \"s\"}}, \"letters\": {\"hf_hub_url\": \"acme/letters\", \"formatting\": \"sharegpt\","
                        + " \"columns\": {\"messages\": \"chat\", \"tools\": \"tools\"}}}");
        assertThat(unwrapped(imported(LLAMA_FACTORY)))
                .contains("clauses has columns that must be renamed or converted (system: s)")
                .contains("letters has columns that must be renamed or converted (messages: chat)");
    }

    @Test
    void carriesAutoTrain() throws IOException {
        ImportedSpec imported = imported(AUTOTRAIN);

        assertThat(imported.program()).isEqualTo("AutoTrain");
        assertThat(spec(imported).name()).isEqualTo("clauses");
        assertThat(imported.text())
                .contains(
                        "  train: data/train.*  #",
                        "  layout: messages\n",
                        "  template: chatml\n",
                        "  maxLength: 512\n")
                .contains("  rank: 16  # the default of AutoTrain\n", "  learningRate: 3.0E-4\n", "  batchSize: 8 ")
                .contains("formats: [peft]")
                .contains("#   hub.token: [not copied]", "#   hub.username: jo ", "#   log: tensorboard ");
    }

    @Test
    void carriesTrl() throws IOException {
        ImportedSpec imported = imported(TRL);

        assertThat(imported.program()).isEqualTo("TRL");
        assertThat(spec(imported).base().model())
                .isEqualTo("hf:acme/tiny-base@7ae557604adf67be50417f59c2c2f167def9a775");
        assertThat(imported.text())
                .contains("  warmup: 0.1  # warmup_steps / max_steps\n")
                .contains("epochs = 200 * batchSize / training", "  alpha: 32  # the default of TRL\n")
                .contains("  targets: [q_proj, v_proj]  # PEFT's default for most families\n")
                .contains("  maxLength: 1024  # the default of TRL\n", "  learningRate: 2.0E-5  # the default of TRL\n")
                .contains("hf:datasets/acme/clauses@main:**/test*.parquet")
                .contains("#   chat_template: {% for m in messages %}");
    }

    @Test
    void aDatasetMayStandWhereAListMay() throws IOException {
        String trl = "{model_name_or_path: acme/tiny, dataset_mixture: {datasets: %s}, use_peft: true}";

        assertThat(imported(trl.replace("%s", "{id: acme/rows, rating: 5}")).text())
                .contains("hf:datasets/acme/rows@")
                .contains("rating: 5");
        assertThat(imported(trl.replace("%s", "[acme/rows]")).text()).contains("hf:datasets/acme/rows@");
    }

    @Test
    void carriesAJobOfOpenAi() throws IOException {
        ImportedSpec imported = imported(JOB);

        assertThat(imported.program()).isEqualTo("OpenAI");
        assertThat(spec(imported).training().seed()).isEqualTo(11);
        assertThat(imported.text())
                .contains("name an open model: gpt-4o-mini-2024-07-18 cannot be downloaded")
                .contains("  train: data/train.jsonl  # download file-1: GET /v1/files/file-1/content\n")
                .contains("  validation: data/validation.jsonl ", "name: clauses\n", "  epochs: 4\n")
                .contains("#   hyperparameters.batch_size: auto (the service chose it)")
                .contains("#   hyperparameters.learning_rate_multiplier: 1.8 (a factor of a rate")
                .contains("#   status: succeeded (about that one job)");
    }

    @Test
    void aFullFineTuneHasNoAdapterAndNoQuantization() throws IOException {
        ImportedSpec imported = imported(AXOLOTL.replace("adapter: qlora", "load_in_8bit: true\nfsdp: [full_shard]"));

        assertThat(imported.text())
                .contains("  method: full  # quantized weights cannot be trained, so they are not quantized here\n")
                .contains("  precision: float32  # bf16 in run.yml; method full needs this\n")
                .contains("#   lora_r: 32 ", "#   fsdp: [\"full_shard\"] (one process on one device")
                .doesNotContain("  rank:");
    }

    @Test
    void anAdapterToContinueFromFixesTheShape() throws IOException {
        assertThat(imported(AXOLOTL + "lora_model_dir: ./earlier\n").text())
                .contains("  startFrom: ./earlier  # relative to this file; it fixes the adapter's shape\n")
                .doesNotContain("  rank:", "  targets:");
    }

    @Test
    void masksSecretsInValuesThatAreCarriedOver() throws IOException {
        assertThat(imported(LLAMA_FACTORY + "default_system: \"Key: " + TOKEN + "\"\ncallback: {url: x, api_key: 12}\n")
                        .text())
                .contains("  system: \"Key: [Hugging Face token]\"\n")
                .contains("#   callback: {\"url\":\"x\",\"api_key\":\"[not copied]\"}")
                .doesNotContain(TOKEN);
    }

    @Test
    void refusesOtherKindsOfTraining() {
        assertRefused(
                AXOLOTL + "rl: dpo\n",
                "run.yml:33:1: rl: dpo is another kind of training, but only supervised fine-tuning on answers can be"
                        + " imported. Import the configuration of that stage instead.");
        assertRefused(
                AXOLOTL + "reward_model: true\n", "run.yml:33:1: reward_model: this is another kind of training,");
        assertRefused(
                AXOLOTL + "pretraining_dataset: [{path: x}]\n",
                "run.yml:33:1: pretraining_dataset: this is another kind");
        assertRefused(LLAMA_FACTORY.replace("stage: sft", "stage: ppo"), "run.yml:2:1: stage: ppo is another kind");
        assertRefused(AUTOTRAIN.replace("llm-sft", "llm-orpo"), "run.yml:1:1: task: llm-orpo is another kind");
        assertRefused(TRL + "beta: 0.1\n", "beta: this key is for learning from preferences or rewards,");
        assertRefused(JOB.replace("\"supervised\",", "\"dpo\","), "method: dpo is another kind of training,");
        assertRefused(
                "model_name_or_path: acme/tiny\ntemplate: qwen\nexport_dir: merged\n",
                "run.yml:1:1: the configuration exports, serves or evaluates a model. Import the one that trains it.");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        assertRefused("base_model: a/b\nlora_r: 8\nlora_r: 16\n", "run.yml:3:1: duplicate key 'lora_r'");
        assertRefused("a: [1, 2\nb: 3\n", "run.yml:2:");
        assertRefused("- base_model\n", "run.yml: not a mapping of keys to values; an import needs the training");
        assertRefused("", "run.yml: the file is empty; an import needs the training configuration of Axolotl");
        assertRefused("model: x\noptimizer: adam\n", "run.yml: not recognized; an import needs the training");
        assertRefused("#" + "x".repeat(1 << 20), "run.yml: larger than 1 MiB, which no training configuration is.");
        assertRefused(
                AXOLOTL.replace("lora_dropout: 0.05", "lora_dropout: 1.5"),
                "run.yml: a value in it is not possible in a spec. Correct it there:\nthe spec:");
        assertThatThrownBy(() -> SpecImport.read(directory.resolve("none.yml"), "none.yml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("none.yml: no such file. Check the path.");
        assertThatThrownBy(() -> SpecImport.read(directory, "here"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("here: a directory. Name the configuration file in it.");
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> imported(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private ImportedSpec imported(String text) throws IOException {
        Path file = directory.resolve("run.yml");
        Files.writeString(file, text);
        return SpecImport.read(file, "run.yml");
    }

    /** With each comment in one line. */
    private static String unwrapped(ImportedSpec imported) {
        return imported.text().replaceAll("\n *#   +", " ");
    }

    private static FineTuneSpec spec(ImportedSpec imported) {
        return SpecReader.parse(imported.text().getBytes(StandardCharsets.UTF_8), "spec");
    }
}
