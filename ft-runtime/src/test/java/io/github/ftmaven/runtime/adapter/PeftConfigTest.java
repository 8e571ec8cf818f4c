package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftConfigTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path GOLDEN = TestModels.tinyLlamaAdapter().resolve(PeftAdapter.CONFIG);

    /** What PEFT 0.17.1 writes beyond the keys that all its versions know; each holds its default. */
    private static final Set<String> NEWER_KEYS = Set.of(
            "corda_config",
            "eva_config",
            "layer_replication",
            "loftq_config",
            "lora_bias",
            "megatron_config",
            "megatron_core",
            "qalora_group_size",
            "target_parameters",
            "trainable_token_indices",
            "use_qalora");

    @TempDir
    Path directory;

    @Test
    void readsWhatPeftWrote() {
        PeftConfig config = PeftConfigReader.read(GOLDEN, "golden");
        assertThat(config.baseModel()).isEqualTo("tiny-llama");
        assertThat(config.revision()).isNull();
        assertThat(config.selection().rank()).isEqualTo(4);
        assertThat(config.selection().alpha()).isEqualTo(8);
        assertThat(config.selection().isUniform()).isTrue();
        assertThat(config.dropout()).isZero();
        assertThat(config.selection().targets().modules())
                .hasSize(14)
                .isSorted()
                .contains("model.layers.1.mlp.up_proj");
    }

    @Test
    void writesKeyByKeyWhatPeftWrites() throws IOException {
        ObjectNode peft = (ObjectNode) MAPPER.readTree(GOLDEN.toFile());
        JsonNode ours = MAPPER.readTree(PeftConfigWriter.format(PeftConfigReader.read(GOLDEN, "golden")));
        // PEFT's list has the order of a set; ours is sorted.
        TreeSet<String> targets = new TreeSet<>();
        peft.get("target_modules").forEach(target -> targets.add(target.asText()));
        targets.forEach(peft.putArray("target_modules")::add);
        peft.remove(NEWER_KEYS);
        assertThat(ours).isEqualTo(peft);
        List<String> keys = new ArrayList<>();
        ours.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isSorted();
    }

    @Test
    void isLaidOutAsPythonDoes() throws IOException {
        assertThat(PeftConfigWriter.format(
                        new PeftConfig("acme/base", "c0ffee", names(16, 32, "k_proj", "q_proj"), 0.05, false)))
                .isEqualTo("""
                        {
                          "alpha_pattern": {},
                          "auto_mapping": null,
                          "base_model_name_or_path": "acme/base",
                          "bias": "none",
                          "exclude_modules": null,
                          "fan_in_fan_out": false,
                          "inference_mode": true,
                          "init_lora_weights": true,
                          "layers_pattern": null,
                          "layers_to_transform": null,
                          "lora_alpha": 32,
                          "lora_dropout": 0.05,
                          "modules_to_save": null,
                          "peft_type": "LORA",
                          "r": 16,
                          "rank_pattern": {},
                          "revision": "c0ffee",
                          "target_modules": [
                            "k_proj",
                            "q_proj"
                          ],
                          "task_type": "CAUSAL_LM",
                          "use_dora": false,
                          "use_rslora": false
                        }""");
    }

    private static LoraSelection names(int rank, double alpha, String... names) {
        return new LoraSelection(new Targets(false, List.of(names)), rank, alpha);
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        PeftConfig config = new PeftConfig(null, null, names(3, 4.5, "v_proj"), 0.1, false);
        Path file = directory.resolve(PeftAdapter.CONFIG);
        PeftConfigWriter.write(file, config);
        assertThat(PeftConfigReader.read(file, "x")).isEqualTo(config);
    }

    @Test
    void readsTheLeastThatPeftAccepts() throws IOException {
        Path file = write("{\"peft_type\":\"LORA\",\"target_modules\":[\"q_proj\"]}");
        assertThat(PeftConfigReader.read(file, "x"))
                .isEqualTo(new PeftConfig(null, null, names(8, 8, "q_proj"), 0, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'lora_bias':true                 | lora_bias is true, but this is not supported",
                "'modules_to_save':['lm_head']    | modules_to_save is [\"lm_head\"], but this is not supported",
                "'rank_pattern':{'q_proj':0}      | rank_pattern is {\"q_proj\":0}, but must map regular expressions",
                "'alpha_pattern':{'q_proj':'2'}   | alpha_pattern is {\"q_proj\":\"2\"}, but must map regular expressions",
                "'layers_to_transform':'0'        | layers_to_transform is \"0\", but must be a layer's number",
                "'layers_to_transform':1,'layers_pattern':'h' | layers_pattern is \"h\", but the decoder's list"
                        + " of layers is named layers.",
                "'exclude_modules':[1]            | exclude_modules is [1], but must be a list of module names",
                "'target_parameters':['w']        | target_parameters is [\"w\"], but this is not supported",
                "'some_future_key':1              | some_future_key is 1, but this is not supported",
                "'bias':'all'                     | bias is \"all\", but supported values are: none.",
                "'task_type':'SEQ_CLS'            | task_type is \"SEQ_CLS\", but supported values are: CAUSAL_LM.",
                "'init_lora_weights':'pissa'      | init_lora_weights is \"pissa\", but with it PEFT changes the base",
                "'init_lora_weights':'pissa_niter_4' | init_lora_weights is \"pissa_niter_4\", but with it PEFT changes the base",
                "'init_lora_weights':'olora'      | init_lora_weights is \"olora\", but with it PEFT changes the base",
                "'init_lora_weights':'corda'      | init_lora_weights is \"corda\", but with it PEFT changes the base",
                "'init_lora_weights':'loftq'      | init_lora_weights is \"loftq\", but with it PEFT changes the base",
                "'init_lora_weights':'new'        | init_lora_weights is \"new\", but supported values are: eva, false, gaussian, mica, orthogonal, true.",
                "'trainable_token_indices':[3]    | trainable_token_indices is [3], but this is not supported",
                "'layer_replication':[[0,1]]      | layer_replication is [[0,1]], but this is not supported",
                "'bias':'lora_only'               | bias is \"lora_only\", but supported values are: none.",
                "'some_future_key':'x'            | some_future_key is \"x\", but this is not supported",
                "'r':0                            | r is 0, but must be a whole number from 1 to",
                "'lora_alpha':'16'                | lora_alpha is \"16\", but must be a number above 0.",
                "'lora_dropout':1                 | lora_dropout is 1, but must be a number from 0 to below 1.",
            })
    void refusesWhatItCannotHonour(String key, String message) throws IOException {
        Path file = write("{'peft_type':'LORA','target_modules':['q_proj']," + key + "}");
        assertRefused(file, message);
    }

    /** The keys that PEFT 0.21.2 writes beyond those of 0.17.1, as they are where nothing is asked for. */
    @Test
    void readsWhatANewerPeftWrites() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(GOLDEN.toFile());
        json.setAll((ObjectNode) MAPPER.readTree("""
                {"peft_version": "0.21.2", "lora_ga_config": null, "velora_config": null, "alora_invocation_tokens": null,
                 "monteclora_config": null, "use_bdlora": null, "arrow_config": null, "kasa_config": null,
                 "ensure_weight_tying": false}"""));
        Path file = directory.resolve("c.json");
        MAPPER.writeValue(file.toFile(), json);
        assertThat(PeftConfigReader.read(file, "x")).isEqualTo(PeftConfigReader.read(GOLDEN, "golden"));
    }

    /** Keys of a PEFT to come that are off, and ways of beginning that leave nothing but the tensors. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'future':null",
                "'future':false",
                "'future':0",
                "'future':0.0",
                "'future':''",
                "'future':[]",
                "'future':{}",
                "'fan_in_fan_out':true",
                "'init_lora_weights':'gaussian'",
                "'init_lora_weights':'Gaussian'",
                "'init_lora_weights':'eva','eva_config':{'rho':2.0}",
                "'init_lora_weights':'orthogonal'",
                "'init_lora_weights':'mica'",
                "'init_lora_weights':false",
                "'layers_pattern':'h'",
                "'layers_pattern':['h','layers'],'layers_to_transform':[0]",
                "'layers_pattern':'','layers_to_transform':0",
                "'layers_pattern':'(?:h|layers)','layers_to_transform':0"
            })
    void acceptsWhatChangesNothing(String keys) throws IOException {
        Path file = write("{'peft_type':'LORA','target_modules':['q_proj']," + keys + "}");
        assertThat(PeftConfigReader.read(file, "x").selection().targets().modules())
                .containsExactly("q_proj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "null"})
    void refusesTargetsThatAreNotNames(String targets) throws IOException {
        Path file = write("{'peft_type':'LORA','target_modules':" + targets + "}");
        assertRefused(
                file,
                "target_modules is " + targets.replace('\'', '"')
                        + ", but must be a list of module names or a regular expression.");
    }

    @Test
    void refusesAnotherKindOfAdapter() throws IOException {
        for (String kind : List.of(
                "ADALORA",
                "ADAPTION_PROMPT",
                "BOFT",
                "BONE",
                "C3A",
                "CPT",
                "FOURIERFT",
                "HRA",
                "IA3",
                "LN_TUNING",
                "LOHA",
                "LOKR",
                "MISS",
                "MULTITASK_PROMPT_TUNING",
                "OFT",
                "P_TUNING",
                "POLY",
                "PREFIX_TUNING",
                "PROMPT_TUNING",
                "RANDLORA",
                "SHIRA",
                "TRAINABLE_TOKENS",
                "VBLORA",
                "VERA",
                "XLORA")) {
            // Of all that is strange about such a file, its kind is said first.
            assertRefused(
                    write("{'base':{},'task_type':'SEQ_CLS','num_virtual_tokens':8,'peft_type':'" + kind + "'}"),
                    "peft_type is \"" + kind + "\", but the only supported value is LORA. Other kinds of adapters"
                            + " compute something else; train a LORA adapter.");
        }
        assertRefused(write("{'r':4}"), "the key peft_type is missing. Is this a PEFT adapter?");
    }

    private Path write(String json) throws IOException {
        return Files.writeString(directory.resolve("c.json"), json.replace('\'', '"'));
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> PeftConfigReader.read(file, "a/c.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a/c.json: " + message);
    }
}
