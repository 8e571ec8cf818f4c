package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.ModulePattern;
import io.github.ftmaven.runtime.spec.Scaling;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoraLayoutTest {
    @Test
    void adaptsAllLinearLayersInTheOrderOfComputation() {
        LoraLayout layout = layout(new Targets(true, List.of()), 4);
        assertThat(layout.modules()).hasSize(14);
        assertThat(layout.modules().subList(0, 8))
                .containsExactly(
                        new LoraModule(0, Projection.Q_PROJ, 32, 64, 4, 2),
                        new LoraModule(0, Projection.K_PROJ, 32, 32, 4, 2),
                        new LoraModule(0, Projection.V_PROJ, 32, 32, 4, 2),
                        new LoraModule(0, Projection.O_PROJ, 64, 32, 4, 2),
                        new LoraModule(0, Projection.GATE_PROJ, 32, 40, 4, 2),
                        new LoraModule(0, Projection.UP_PROJ, 32, 40, 4, 2),
                        new LoraModule(0, Projection.DOWN_PROJ, 40, 32, 4, 2),
                        new LoraModule(1, Projection.Q_PROJ, 32, 64, 4, 2));
        assertThat(layout.targets())
                .containsExactly("down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj");
        assertThat(layout.parameters()).isEqualTo(2 * 4 * (96 + 64 + 64 + 96 + 3 * 72));
    }

    @Test
    void selectsByTheEndOfTheName() {
        LoraLayout layout = layout(new Targets(false, List.of("v_proj", "self_attn.q_proj")), 4);
        assertThat(layout.modules())
                .extracting(LoraModule::name)
                .containsExactly(
                        "model.layers.0.self_attn.q_proj",
                        "model.layers.0.self_attn.v_proj",
                        "model.layers.1.self_attn.q_proj",
                        "model.layers.1.self_attn.v_proj");
        assertThat(layout.targets()).containsExactly("self_attn.q_proj", "v_proj");
        assertThat(layout(new Targets(false, List.of("model.layers.1.mlp.up_proj")), 4)
                        .modules())
                .containsExactly(new LoraModule(1, Projection.UP_PROJ, 32, 40, 4, 2));
    }

    @Test
    void namesTensorsAsPeftDoes() {
        LoraModule module = new LoraModule(3, Projection.DOWN_PROJ, 40, 32, 4, 2);
        assertThat(module.tensorA()).isEqualTo("base_model.model.model.layers.3.mlp.down_proj.lora_A.weight");
        assertThat(module.tensorB()).isEqualTo("base_model.model.model.layers.3.mlp.down_proj.lora_B.weight");
    }

    @Test
    void refusesATargetThatSelectsNothing() {
        assertRefused(
                new Targets(false, List.of("q_proj", "qproj")),
                4,
                "the target 'qproj' is not a linear layer of the decoder, which has q_proj, k_proj, v_proj, o_proj,"
                        + " gate_proj, up_proj, down_proj in 2 layers; the first is called model.layers.0.self_attn.q_proj.");
        assertRefused(new Targets(false, List.of("proj")), 4, "the target 'proj' is not a linear layer");
        assertRefused(new Targets(false, List.of("lm_head")), 4, "the target 'lm_head' is not a linear layer");
        assertRefused(new Targets(false, List.of()), 4, "there are no targets: name some of q_proj, ");
    }

    @Test
    void refusesARankThatAModuleIsTooNarrowFor() {
        assertThat(layout(new Targets(true, List.of()), 32).modules().get(0).rank())
                .isEqualTo(32);
        assertRefused(
                new Targets(true, List.of()),
                33,
                "the rank 33 is larger than model.layers.0.self_attn.q_proj is wide (32)");
    }

    private static LoraLayout layout(Targets targets, int rank) {
        return LoraLayout.of(TestModels.tinyArchitecture(), new LoraSelection(targets, rank, 2.0 * rank));
    }

    private static void assertRefused(Targets targets, int rank, String message) {
        assertThatThrownBy(() -> layout(targets, rank))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    /** As transformers names the modules of Gemma3ForConditionalGeneration. */
    @Test
    void aDecoderWithinAModelIsNamedSo() {
        LoraModule module = new LoraModule(2, Projection.Q_PROJ, 32, 32, 4, 2, true);
        assertThat(module.name()).isEqualTo("model.layers.2.self_attn.q_proj");
        assertThat(module.tensorA())
                .isEqualTo("base_model.model.model.language_model.layers.2.self_attn.q_proj.lora_A.weight");
    }

    @Test
    void aSpecSelectsAndScales() {
        AdapterSpec adapter = adapter(
                Scaling.RANK_STABILIZED,
                Targets.matching(".*\\.(q|k)_proj"),
                List.of("layers.1.self_attn.k_proj"),
                List.of(new ModulePattern("k_proj", 9, null), new ModulePattern(".*", null, 12.0)));
        assertThat(LoraLayout.declared(TestModels.tinyArchitecture(), adapter).modules())
                .extracting(LoraModule::path, LoraModule::rank, LoraModule::scale)
                .containsExactly(
                        tuple("model.layers.0.self_attn.q_proj", 4, 6.0),
                        tuple("model.layers.0.self_attn.k_proj", 9, 4.0),
                        tuple("model.layers.1.self_attn.q_proj", 4, 6.0));
    }

    @Test
    void rankStabilizationIsPortableWhereRanksAreAlike() {
        LoraSelection selection = LoraSelection.of(adapter(
                Scaling.RANK_STABILIZED,
                new Targets(true, List.of()),
                List.of(),
                List.of(new ModulePattern("k_proj", null, 3.0))));
        assertThat(selection.rankStabilized()).isFalse();
        assertThat(selection.alpha()).isEqualTo(16);
        assertThat(selection.alphaPattern()).containsExactly(entry("k_proj", 6.0));
    }

    @Test
    void ofAFinishedAdapterWhatSelectsNothingIsPassedOver() {
        LoraLayout layout = LoraLayout.found(
                TestModels.tinyArchitecture(),
                new LoraSelection(new Targets(false, List.of("qkv_proj", "up_proj", "lm_head")), 100, 50));
        assertThat(layout.modules())
                .containsExactly(
                        new LoraModule(0, Projection.UP_PROJ, 32, 40, 100, 0.5),
                        new LoraModule(1, Projection.UP_PROJ, 32, 40, 100, 0.5));
        assertThat(layout.targets()).containsExactly("up_proj");
        assertThatThrownBy(() -> LoraLayout.found(
                        TestModels.tinyArchitecture(),
                        new LoraSelection(new Targets(false, List.of("qkv_proj", "lm_head")), 4, 8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the target 'lm_head' is not a linear layer of the decoder, which has q_proj,");
    }

    @Test
    void namesOfBeforeTransformers452AreUnderstoodAndWrittenAsTheyAreNow() {
        Architecture nested = ArchitectureReader.read(
                TestModels.resource("/models/families/gemma3").resolve("config.json"), "config.json");
        for (Targets targets : List.of(
                new Targets(false, List.of("language_model.model.layers.1.self_attn.q_proj")),
                Targets.matching("language_model\\.model\\.layers\\.1\\..*\\.q_proj"))) {
            LoraLayout layout = LoraLayout.found(nested, new LoraSelection(targets, 2, 4));
            assertThat(layout.modules())
                    .extracting(LoraModule::path)
                    .containsExactly("model.language_model.layers.1.self_attn.q_proj");
            assertThat(layout.targets()).containsExactly("model.language_model.layers.1.self_attn.q_proj");
        }
    }

    @Test
    void aSpecMustMeanSomethingByEveryWord() {
        Targets all = new Targets(true, List.of());
        assertDeclaredRefused(
                adapter(Scaling.STANDARD, all, List.of("kproj"), List.of()),
                "adapter: exclude: 'kproj' is not a linear layer");
        assertDeclaredRefused(
                adapter(Scaling.STANDARD, all, List.of(), List.of(new ModulePattern("proj", 2, null))),
                "adapter: patterns: 'proj' matches no adapted module.");
        assertDeclaredRefused(
                adapter(Scaling.STANDARD, Targets.matching("q_proj$"), List.of(), List.of()),
                "adapter: 'q_proj$' matches no linear layer");
        assertDeclaredRefused(
                adapter(Scaling.STANDARD, all, List.of(), List.of(new ModulePattern("(", 2, null))),
                "is not a regular expression: a group is not closed");
        AdapterSpec far =
                TestSpec.with("adapter.rank: 4", "adapter.layers: [2]").adapter();
        assertDeclaredRefused(far, "adapter: there is no layer 2: the decoder has layers 0 to 1.");
    }

    private static void assertDeclaredRefused(AdapterSpec adapter, String message) {
        assertThatThrownBy(() -> LoraLayout.declared(TestModels.tinyArchitecture(), adapter))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private static AdapterSpec adapter(
            Scaling scaling, Targets targets, List<String> exclude, List<ModulePattern> patterns) {
        String regex = targets.regex();
        return new TestSpec()
                .set("adapter.rank: 4", "adapter.alpha: 8")
                .put("adapter.scaling", scaling)
                .put("adapter.targets", targets.allLinear() ? "all-linear" : regex == null ? targets.modules() : regex)
                .put("adapter.exclude", exclude)
                .put(
                        "adapter.patterns",
                        patterns.stream().map(LoraLayoutTest::keys).toList())
                .spec()
                .adapter();
    }

    private static Map<String, Object> keys(ModulePattern pattern) {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("modules", pattern.modules()));
        if (pattern.rank() != null) {
            keys.put("rank", pattern.rank());
        }
        if (pattern.alpha() != null) {
            keys.put("alpha", pattern.alpha());
        }
        return keys;
    }
}
