package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(tiny.embedding().tied()).isFalse();
        assertThat(tiny.specialTokens()).isEqualTo(new SpecialTokens(0, List.of(1)));
        assertThat(tiny.parameters().dtype()).isEqualTo(DType.F32);
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
        assertThat(defaults.parameters().initializerRange()).isEqualTo(0.02);
        assertThat(defaults.parameters().dtype()).isNull();
        assertThat(read(",'num_key_value_heads':null,'head_dim':null,'rope_scaling':null,"
                        + "'rms_norm_eps':null,'tie_word_embeddings':null,'torch_dtype':null,'_name_or_path':'x'"))
                .isEqualTo(defaults);
    }

    @Test
    void readsTheSpellingsOfTransformers5() {
        Architecture architecture = read(",'dtype':'bfloat16','rope_theta':1,"
                + "'rope_parameters':{'rope_type':'default','rope_theta':500000.0},'partial_rotary_factor':1");
        assertThat(architecture.rope().tables().get(0).theta()).isEqualTo(500_000);
        assertThat(architecture.parameters().dtype()).isEqualTo(DType.BF16);
    }

    @Test
    void readsSpecialTokens() {
        assertThat(read(",'bos_token_id':null,'eos_token_id':[7,9]").specialTokens())
                .isEqualTo(new SpecialTokens(null, List.of(7, 9)));
        assertThat(read(",'eos_token_id':null").specialTokens().eos()).isEmpty();
    }

    @Test
    void leavesOutTokensThatAreNotInTheVocabulary() {
        assertThat(read(",'bos_token_id':-1,'eos_token_id':[2,32000,-1]").specialTokens())
                .isEqualTo(new SpecialTokens(null, List.of(2)));
    }

    @Test
    void readsWholeNumbersHoweverTheyAreWritten() {
        assertThat(read(",'num_attention_heads':32.0,'num_key_value_heads':8.0,'vocab_size':3.2e4,'eos_token_id':2.0"))
                .isEqualTo(read(",'num_attention_heads':32,'num_key_value_heads':8,'vocab_size':32000"));
    }

    /** Python takes null for false. */
    @Test
    void aNullIsNotAlwaysTheDefault() {
        assertThat(readFile("{'model_type':'gemma'}").embedding().tied()).isTrue();
        assertThat(readFile("{'model_type':'gemma','tie_word_embeddings':null}")
                        .embedding()
                        .tied())
                .isFalse();
        assertThat(readFile("{'model_type':'qwen2','use_sliding_window':true,'sliding_window':null}")
                        .attention()
                        .window())
                .isZero();
    }

    /** Each sliding layer keeps its own theta where rope_parameters does not have one. */
    @Test
    void readsRopeParametersWithoutThetas() {
        Architecture architecture = readFile("{'model_type':'gemma3_text','rope_theta':2e6,'rope_local_base_freq':3e4,"
                + "'rope_parameters':{'full_attention':{'rope_type':'linear','factor':8.0},'sliding_attention':null}}");
        assertThat(architecture.rope().tables().stream().map(Table::theta)).containsExactly(2e6, 3e4);
    }

    /** The factor is transformers' own. */
    @Test
    void readsTheMagnitudesOfAYarn() {
        Architecture architecture = read(",'rope_scaling':{'rope_type':'yarn','factor':4.0,"
                + "'original_max_position_embeddings':2048,'mscale':0.7,'mscale_all_dim':1.2,'finetuned':true}");
        assertThat(architecture.rope().tables().get(0).factor()).isEqualTo(0.9405715251010841, within(1e-12));
    }

    /** Qwen 2.5 with a context of a million tokens: ordinary attention within the first chunk. */
    @Test
    void aDocumentMayNotBeLongerThanAChunk() {
        assertThat(readFile("{'model_type':'qwen2','max_position_embeddings':1010000,'dual_chunk_attention_config':"
                                + "{'chunk_size':262144,'local_size':8192,'original_max_position_embeddings':262144}}")
                        .rope()
                        .maxPositions())
                .isEqualTo(262_144 - 8192);
    }

    @Test
    void leavesOutKeysThatAreNotKnown() {
        assertThat(read(",'mtp_depth':1,'router_bias':2", "router_bias", "mtp_depth"))
                .isEqualTo(read(""));
        assertThat(read(",'attention_dropout':0.1", "attention_dropout")).isEqualTo(read(""));
        assertThat(read(",'rope_scaling':{'type':'default','extra':1}", "rope_scaling.extra"))
                .isEqualTo(read(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "router_bias       | 'mtp_depth':1      | base/config.json: mtp_depth: 1: this key is unknown and"
                        + " may change what the model computes. If that is not so, write in the spec: base:"
                        + " {ignoreKeys: [mtp_depth]}, or for ft:generate -Dft.ignoreKeys=mtp_depth.",
                "router_bias       | 'hidden_act':'silu' | base.ignoreKeys: base/config.json has no key router_bias. Remove it from the list.",
                "hidden_act        | 'hidden_act':'silu' | base.ignoreKeys: hidden_act of base/config.json cannot"
                        + " be ignored: the model needs it. Remove it from the list.",
                "sliding_window    | 'sliding_window':null | base.ignoreKeys: sliding_window of base/config.json"
                        + " cannot be ignored: it is null, which is the same as absent. Remove it from the list.",
                "use_cache         | 'use_cache':true   | base.ignoreKeys: use_cache of base/config.json cannot"
                        + " be ignored: it is known and changes nothing: it selects between implementations of"
                        + " the same computation, or extra results. Remove it from the list.",
                "rope_interleaved  | 'rope_interleaved':true | base.ignoreKeys: rope_interleaved of base/config.json cannot be ignored: it changes what the model computes; supported values are: false. Remove it from the list.",
            })
    void refusesToLeaveOutWhatIsKnown(String ignored, String keys, String message) {
        assertThatThrownBy(() -> read("," + keys, ignored))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    /** What was left out before may be known by now. */
    @Test
    void anOlderSpecMayLeaveOutWhatChangesNothing() throws IOException {
        Path model = TestModels.copy(TestModels.tinyLlama(), directory.resolve("m"));
        assertThatThrownBy(() -> ModelDirectory.open(model, "m", List.of("use_cache")))
                .isInstanceOf(InvalidInputException.class);
        assertThat(ModelDirectory.reopen(model, "m", List.of("use_cache")).architecture())
                .isEqualTo(TestModels.tinyArchitecture());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'attention_dropout':0.1          | attention_dropout is 0.1, but supported values are: 0. Other"
                        + " values change only the training; to train without it, write in the spec: base:"
                        + " {ignoreKeys: [attention_dropout]}, or for ft:generate -Dft.ignoreKeys=attention_dropout.",
                "'attention_bias':1               | attention_bias is 1, but must be true or false.",
                "'add_cross_attention':true       | add_cross_attention is true, but supported values are: false.",
                "'use_bidirectional_attention':true | use_bidirectional_attention is true, but supported values are: false.",
                "'pruned_heads':{'1':[0]}         | pruned_heads is {\"1\":[0]}, but supported values are: none.",
                "'quantization':{'bits':4}        | quantization is {\"bits\":4}, but supported values are: weights quantized by bitsandbytes, or not at all.",
                "'rope_theta':null                | rope_theta is null, but must be a number above 0.",
                "'rope_scaling':{'type':'linear','rope_type':'yarn','factor':2} | rope_scaling.type is"
                        + " \"linear\", but rope_type is yarn; both must agree.",
                "'partial_rotary_factor':0.5      | partial_rotary_factor is 0.5, but supported values are: 1.",
                "'hidden_act':'relu'              | hidden_act is \"relu\", but supported values are: gelu, gelu_new, gelu_pytorch_tanh, silu, swish.",
                "'rope_scaling':{'type':'dynamic','factor':2} | rope_scaling.type is \"dynamic\", but supported values are: default, linear, llama3, yarn, and in families with one kind of layers longrope.",
                "'rope_scaling':{'rope_type':'llama3'} | rope_scaling.factor is missing, but rope_type llama3 requires it.",
                "'rope_parameters':{'rope_type':'default','factor':2} | rope_parameters.factor: 2: this key is"
                        + " unknown and may change what the model computes. If that is not so, write in the spec:"
                        + " base: {ignoreKeys: [rope_parameters.factor]}, or for ft:generate"
                        + " -Dft.ignoreKeys=rope_parameters.factor.",
                "'rope_parameters':{'full_attention':{}} | rope_parameters.full_attention: {}: this key is"
                        + " unknown and may change what the model computes. If that is not so, write in the spec:"
                        + " base: {ignoreKeys: [rope_parameters.full_attention]}, or for ft:generate"
                        + " -Dft.ignoreKeys=rope_parameters.full_attention.",
                "'rope_parameters':{'partial_rotary_factor':0.5} | rope_parameters.partial_rotary_factor is 0.5, but supported values are: 1.",
                "'rope_parameters':{'rope_theta':-1} | rope_parameters.rope_theta is -1, but must be a number above 0.",
                "'layer_types':['sliding_attention'] | layer_types is [\"sliding_attention\"], but supported values are: full_attention in every layer.",
                "'quantization_config':{'bits':4} | quantization_config is {\"bits\":4}, but supported values are: weights quantized by bitsandbytes, or not at all.",
                "'auto_map':{'AutoModel':'m.M'}   | auto_map is {\"AutoModel\":\"m.M\"}, but supported values"
                        + " are: none: a model with its own code cannot run here.",
                "'residual_multiplier':0.5        | residual_multiplier: 0.5: this key is unknown and may change"
                        + " what the model computes. If that is not so, write in the spec: base: {ignoreKeys:"
                        + " [residual_multiplier]}, or for ft:generate -Dft.ignoreKeys=residual_multiplier.",
                "'a':1,'b':[2]                    | a: 1, b: [2]: these keys are unknown and may change what the"
                        + " model computes. If that is not so, write in the spec: base: {ignoreKeys: [a, b]}, or"
                        + " for ft:generate -Dft.ignoreKeys=a,b.",
                "'num_key_value_heads':5          | num_key_value_heads is 5, but must divide num_attention_heads, which is 32.",
                "'num_key_value_heads':64         | num_key_value_heads is 64, but must be a whole number from 1 to 32.",
                "'num_attention_heads':0          | num_attention_heads is 0, but must be a whole number from 1 to 1048576.",
                "'num_attention_heads':7          | num_attention_heads is 7, but must divide hidden_size, which"
                        + " is 4096 if head_dim is not set.",
                "'head_dim':15                    | head_dim is 15, but the width of a head must be even to rotate it in pairs, not 15.",
                "'head_dim':0                     | head_dim is 0, but must be a whole number from 1 to 32768.",
                "'hidden_size':-4                 | hidden_size is -4, but must be a whole number from 1 to 1048576.",
                "'hidden_size':'64'               | hidden_size is \"64\", but must be a whole number from 1 to 1048576.",
                "'num_hidden_layers':2000000000   | num_hidden_layers is 2000000000, but must be a whole number from 1 to 10000.",
                "'vocab_size':99999999999         | vocab_size is 99999999999, but must be a whole number from 1 to 16777216.",
                "'rms_norm_eps':0                 | rms_norm_eps is 0, but must be a number above 0.",
                "'rope_theta':1e999               | rope_theta is ",
                "'tie_word_embeddings':1          | tie_word_embeddings is 1, but must be true or false.",
                "'torch_dtype':'float8'           | torch_dtype is \"float8\", but must be float32, float16 or bfloat16.",
                "'eos_token_id':0.5               | eos_token_id is 0.5, but a token id must be a whole number.",
                "'bos_token_id':[1,2]             | bos_token_id is [1,2], but must be one token id.",
            })
    void refusesWhatItDoesNotCompute(String keys, String message) {
        assertThatThrownBy(() -> read("," + keys))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base/config.json: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'phi3','lm_head_bias':true        | lm_head_bias is true, but supported values are: false.",
                "'phi3','mlp_bias':true            | mlp_bias is true, but supported values are: false.",
                "'phi3','full_attn_mod':2          | full_attn_mod is 2, but supported values are: 1.",
                "'phi3','resid_pdrop':0.1          | resid_pdrop is 0.1, but supported values are: 0. Other"
                        + " values change only the training; to train without it, write in the spec: base:"
                        + " {ignoreKeys: [resid_pdrop]}, or for ft:generate -Dft.ignoreKeys=resid_pdrop.",
                "'qwen2','use_mrope':true          | use_mrope is true, but supported values are: false.",
                "'qwen2','dual_chunk_attention_config':{'sparse':1} | dual_chunk_attention_config.sparse: 1: this"
                        + " key is unknown and may change what the model computes. If that is not so, write in"
                        + " the spec: base: {ignoreKeys: [dual_chunk_attention_config.sparse]}, or for"
                        + " ft:generate -Dft.ignoreKeys=dual_chunk_attention_config.sparse.",
                "'mistral','num_hidden_layers':1,'layer_types':['full_attention'] | layer_types is [\"full_attention\"], but in models of type mistral all layers have the same type: full_attention, or with a sliding_window, sliding_attention.",
                "'gemma','hidden_activation':'silu' | hidden_activation is \"silu\", but hidden_act is gelu_pytorch_tanh; both must agree, because versions of transformers differ in which one they read.",
                "'gemma2','sliding_window':null    | sliding_window is null, but sliding layers need one.",
                "'gemma2','sliding_window_size':8  | sliding_window_size is 8, but sliding_window is 4096; both"
                        + " must agree.",
                "'gemma3_text','rope_parameters':{'rope_theta':5} | rope_parameters.rope_theta: 5: this key is"
                        + " unknown and may change what the model computes. If that is not so, write in the spec:"
                        + " base: {ignoreKeys: [rope_parameters.rope_theta]}, or for ft:generate"
                        + " -Dft.ignoreKeys=rope_parameters.rope_theta.",
                "'gemma3_text','attn_logit_softcapping':50.0 | attn_logit_softcapping is 50.0, but supported values are: null.",
                "'gemma3','text_config':{'final_logit_softcapping':30.0} | text_config.final_logit_softcapping is 30.0, but supported values are: null.",
                "'gemma3_text','rope_scaling':{'type':'linear','factor':2} | rope_scaling.rope_type is missing,"
                        + " but transformers ignores this key if layers differ.",
                "'gemma3','text_config':{},'tie_word_embeddings':null | tie_word_embeddings is null, but the"
                        + " text_config says true; both must agree.",
                "'phi3','rope_parameters':{'rope_type':'longrope','original_max_position_embeddings':8} |"
                        + " rope_parameters.original_max_position_embeddings is 8, but the key beside it is 4096; both"
                        + " must agree.",
                "'gemma3','text_config':{'mtp':1}  | text_config.mtp: 1: this key is unknown and may change what"
                        + " the model computes. If that is not so, write in the spec: base: {ignoreKeys:"
                        + " [text_config.mtp]}, or for ft:generate -Dft.ignoreKeys=text_config.mtp.",
                "'gemma3','text_config':{},'tie_word_embeddings':false | tie_word_embeddings is false, but the"
                        + " text_config says true; both must agree.",
                "'llama','rope_scaling':{'type':'longrope','factor':9,'short_factor':[],'long_factor':[]} | rope_scaling.factor is 9, but max_position_embeddings / original_max_position_embeddings is 1.0; both must agree, because versions of transformers differ in which one they read.",
            })
    void refusesWhatAFamilyDoesNotCompute(String keys, String message) {
        assertRefused("{'model_type':" + keys + "}", message);
    }

    @Test
    void refusesAnotherFamily() {
        assertRefused(
                "{\"model_type\":\"gpt2\"}",
                "model_type is \"gpt2\", but supported values are: gemma, gemma2, gemma3, gemma3_text, llama, mistral, phi3, qwen2, qwen3.");
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

    private Architecture read(String keys, String... ignored) {
        return readFile("{'model_type':'llama'" + keys + "}", ignored);
    }

    private Architecture readFile(String json, String... ignored) {
        Path file = directory.resolve("config.json");
        try {
            Files.writeString(file, json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ArchitectureReader.read(file, "base/config.json", new ConfigKeys(List.of(ignored), true));
    }
}
