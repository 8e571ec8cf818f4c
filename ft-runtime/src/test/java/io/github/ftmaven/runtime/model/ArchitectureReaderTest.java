package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.Norm;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import io.github.ftmaven.runtime.model.Architecture.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsAConfigurationThatTransformersWrote() {
        Architecture tiny = TestModels.tinyArchitecture();
        assertThat(tiny.family()).isEqualTo("llama");
        assertThat(tiny.dimensions()).isEqualTo(new Dimensions(288, 32, 2, 40));
        assertThat(tiny.attention()).isEqualTo(new Attention(4, 2, 16, 0.25, 0, 0, List.of(false, false)));
        assertThat(tiny.rope())
                .isEqualTo(new Rope(
                        64,
                        16,
                        List.of(new Table(100, 1, Collections.nCopies(8, 1.0))),
                        List.of(0, 0),
                        Integer.MAX_VALUE));
        assertThat(tiny.norm()).isEqualTo(new Norm(1e-3, 0, false, false));
        assertThat(tiny.tied()).isFalse();
        assertThat(tiny.specialTokens()).isEqualTo(new SpecialTokens(0, List.of(1)));
        assertThat(tiny.dtype()).isEqualTo(DType.F32);
    }

    @Test
    void fillsInTheDefaultsOfTransformers() {
        Architecture defaults = read("");
        assertThat(defaults.dimensions()).isEqualTo(new Dimensions(32_000, 4096, 32, 11_008));
        assertThat(defaults.attention().kvHeads()).isEqualTo(32);
        assertThat(defaults.attention().headDim()).isEqualTo(128);
        assertThat(defaults.rope().tables().get(0).theta()).isEqualTo(10_000);
        assertThat(defaults.rope().maxPositions()).isEqualTo(2048);
        assertThat(defaults.norm()).isEqualTo(new Norm(1e-6, 0, false, false));
        assertThat(defaults.specialTokens()).isEqualTo(new SpecialTokens(1, List.of(2)));
        assertThat(defaults.initializerRange()).isEqualTo(0.02);
        assertThat(defaults.dtype()).isNull();
        assertThat(read(",'num_key_value_heads':null,'head_dim':null,'rope_scaling':null,'rope_theta':null,"
                        + "'rms_norm_eps':null,'tie_word_embeddings':null,'torch_dtype':null,'_name_or_path':'x'"))
                .isEqualTo(defaults);
    }

    @Test
    void readsTheSpellingsOfTransformers5() {
        Architecture architecture = read(",'dtype':'bfloat16','rope_theta':1,"
                + "'rope_parameters':{'rope_type':'default','rope_theta':500000.0},'partial_rotary_factor':1");
        assertThat(architecture.rope().tables().get(0).theta()).isEqualTo(500_000);
        assertThat(architecture.dtype()).isEqualTo(DType.BF16);
    }

    @Test
    void readsSpecialTokens() {
        assertThat(read(",'bos_token_id':null,'eos_token_id':[7,9]").specialTokens())
                .isEqualTo(new SpecialTokens(null, List.of(7, 9)));
        assertThat(read(",'eos_token_id':null").specialTokens().eos()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'attention_dropout':0.1          | attention_dropout is 0.1, but supported is: 0.",
                "'pretraining_tp':2               | pretraining_tp is 2, but supported is: 1.",
                "'partial_rotary_factor':0.5      | partial_rotary_factor is 0.5, but supported is: 1.",
                "'hidden_act':'relu'              | hidden_act is \"relu\", but supported is: gelu, gelu_new, gelu_pytorch_tanh, silu, swish.",
                "'rope_scaling':{'type':'dynamic','factor':2} | rope_scaling is {\"type\":\"dynamic\",\"factor\":2}, but supported is: rope_type default, linear, llama3, longrope, yarn.",
                "'rope_scaling':{'rope_type':'llama3'} | rope_scaling is {\"rope_type\":\"llama3\"}, but its factor is missing.",
                "'rope_parameters':{'rope_type':'default','factor':2} | rope_parameters is {\"rope_type\":\"default\",\"factor\":2}, but its factor is not known for rope_type default.",
                "'rope_parameters':{'full_attention':{}} | rope_parameters is {\"full_attention\":{}}, but its full_attention is not known for rope_type default.",
                "'rope_parameters':{'rope_theta':-1} | rope_parameters is {\"rope_theta\":-1}, but its rope_theta must be a number above 0.",
                "'layer_types':['sliding_attention'] | layer_types is [\"sliding_attention\"], but supported is: full_attention in every layer.",
                "'quantization_config':{'bits':4} | quantization_config is {\"bits\":4}, but supported is: weights quantized by bitsandbytes, or not at all.",
                "'auto_map':{'AutoModel':'m.M'}   | auto_map is {\"AutoModel\":\"m.M\"}, but supported is: nothing: a model with its own code cannot be run.",
                "'residual_multiplier':0.5        | residual_multiplier is 0.5, but this key is not known. If it does not change what the model computes, remove it.",
                "'num_key_value_heads':5          | num_key_value_heads is 5, but must divide num_attention_heads, which is 32.",
                "'num_key_value_heads':64         | num_key_value_heads is 64, but must be a whole number from 1 to 32.",
                "'num_attention_heads':0          | num_attention_heads is 0, but must be a whole number from 1 to 1048576.",
                "'num_attention_heads':7          | num_attention_heads is 7, but must divide hidden_size, which is 4096, when there is no head_dim.",
                "'head_dim':15                    | head_dim is 15, but a head must be of even width, not 15, to be rotated in pairs.",
                "'head_dim':0                     | head_dim is 0, but must be a whole number from 1 to 32768.",
                "'hidden_size':-4                 | hidden_size is -4, but must be a whole number from 1 to 1048576.",
                "'hidden_size':'64'               | hidden_size is \"64\", but must be a whole number from 1 to 1048576.",
                "'num_hidden_layers':2000000000   | num_hidden_layers is 2000000000, but must be a whole number from 1 to 10000.",
                "'vocab_size':99999999999         | vocab_size is 99999999999, but must be a whole number from 1 to 16777216.",
                "'rms_norm_eps':0                 | rms_norm_eps is 0, but must be a number above 0.",
                "'rope_theta':1e999               | rope_theta is ",
                "'tie_word_embeddings':1          | tie_word_embeddings is 1, but must be true or false.",
                "'torch_dtype':'float8'           | torch_dtype is \"float8\", but must be float32, float16 or bfloat16.",
                "'eos_token_id':32000             | eos_token_id is 32000, but a token id must be from 0 to 31999.",
                "'bos_token_id':[1,2]             | bos_token_id is [1,2], but must be one token id.",
            })
    void refusesWhatItDoesNotCompute(String keys, String message) {
        assertThatThrownBy(() -> read("," + keys))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base/config.json: " + message);
    }

    @Test
    void refusesAnotherFamily() {
        assertRefused(
                "{\"model_type\":\"gpt2\"}",
                "model_type is \"gpt2\", but supported is: gemma, gemma2, gemma3, gemma3_text, llama, mistral, phi3, qwen2, qwen3.");
        assertRefused(
                "{}",
                "the key model_type is missing. Supported: gemma, gemma2, gemma3, gemma3_text, llama, mistral, phi3, qwen2, qwen3.");
    }

    @Test
    void refusesWhatIsNotAJsonObject() {
        assertRefused("[]", "must be a JSON object.");
        assertThatThrownBy(() -> readFile("{\n  \"model_type\" \"llama\"\n}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base/config.json:2:16: not valid JSON: ");
        assertThatThrownBy(() -> ArchitectureReader.read(directory.resolve("none"), "base/none"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("base/none: no such file.");
    }

    private void assertRefused(String json, String message) {
        assertThatThrownBy(() -> readFile(json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("base/config.json: " + message);
    }

    private Architecture read(String keys) {
        return readFile("{'model_type':'llama'" + keys + "}");
    }

    private Architecture readFile(String json) {
        Path file = directory.resolve("config.json");
        try {
            Files.writeString(file, json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ArchitectureReader.read(file, "base/config.json");
    }
}
