package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice is made by a GPU; here a CPU answers, which has no flash kernel for documents of several lengths. */
class AttentionKernelTest {
    private static final int[] DOCUMENT = {1, 5, 9, 13, 17, 21, 25, 29, 33, 37};

    private static Arena arena;

    @BeforeAll
    static void load() {
        arena = Torch.load("cpu", 1).arena();
    }

    @AfterAll
    static void close() {
        arena.close();
    }

    private static String choose(String family, DType type, boolean deterministic) {
        ModelDirectory model = model(family);
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights(), null, type);
        return choose(load(model.architecture(), base), model.architecture(), base, deterministic);
    }

    private static String choose(Script script, Architecture architecture, BaseTensors base, boolean deterministic) {
        return AttentionKernel.choose(
                arena, script, () -> load(architecture, base), architecture, base.type(), deterministic);
    }

    private static ModelDirectory model(String family) {
        Path path = Path.of("src/test/resources/models/families", family);
        return new ModelDirectory(path, family, ArchitectureReader.read(path.resolve("config.json"), family));
    }

    private static Script load(Architecture architecture, BaseTensors base) {
        return DecoderScript.load(arena, architecture, base, null, new DecoderScript.Modes(false, false, 1 << 20));
    }

    @Test
    void aKernelThatFailsIsNotUsed() {
        assertThat(choose("qwen3", DType.BF16, false))
                .isEqualTo(
                        "Attention by the flash kernel, for documents of one length at a time. The flash kernel for all at"
                                + " once is not used: it fails here (Could not run 'aten::_flash_attention_forward' with arguments"
                                + " from the 'CPU' backend).");
    }

    @Test
    void theProgramStillComputesTheSame() {
        ModelDirectory model = model("qwen3");
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights(), null, DType.BF16);
        Script script = load(model.architecture(), base);
        float[] before = logits(script, base);
        choose(script, model.architecture(), base, false);
        assertThat(logits(script, base)).isEqualTo(before);
    }

    private static float[] logits(Script script, BaseTensors base) {
        Documents layout = Documents.of(List.of(DOCUMENT), Integer.MAX_VALUE);
        try (Arena step = arena.child()) {
            List<Object> arguments = Decoder.place(step, layout);
            arguments.add(step.longs(new long[] {9}, 1));
            arguments.add(base.tensors());
            arguments.add(List.of(step.zeros(0)));
            return script.call(step, "logits", arguments.toArray()).get(0).toFloats();
        }
    }

    @Test
    void float32HasNoFlashKernel() {
        assertThat(choose("llama", DType.F32, false))
                .endsWith("The flash kernel for all at once is not used: it needs bfloat16.");
    }

    @Test
    void cappedScoresAreProducts() {
        assertThat(choose("gemma2", DType.BF16, false))
                .isEqualTo("Attention by products of matrices: this model caps its scores, which no kernel does.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2"})
    void whatRepeatsIsProducts(String family) {
        assertThat(choose(family, DType.BF16, true))
                .isEqualTo("Attention by products of matrices, which repeat to the bit (training.deterministic).");
    }

    /** Fused kernels of a GPU add gradients in an order that changes; a CPU computes in the same way in any case. */
    @Test
    void onlyAGpuComputesInAnotherWayToRepeat() {
        ModelDirectory model = model("llama");
        BaseTensors base = BaseTensors.read(arena, model.architecture(), model.weights(), null, DType.BF16);
        DecoderScript.Modes fast = new DecoderScript.Modes(false, false, 1 << 20);
        DecoderScript.Modes repeating = new DecoderScript.Modes(false, true, 1 << 20);
        assertThat(DecoderScript.archive(model.architecture(), base, null, repeating, false))
                .isEqualTo(DecoderScript.archive(model.architecture(), base, null, fast, false));
        assertThat(DecoderScript.archive(model.architecture(), base, null, repeating, true))
                .isNotEqualTo(DecoderScript.archive(model.architecture(), base, null, fast, true));
    }
}
