package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.torch.Script;
import java.util.List;
import java.util.function.Supplier;

/** Chooses how a GPU computes attention, by what libtorch says of the model's shape. */
final class AttentionKernel {
    /** The number of the flash kernel in libtorch (sdp::SDPBackend). */
    private static final int FLASH = 1;

    /** libtorch's kernels by their numbers. */
    private static final List<String> KERNELS =
            List.of("products of matrices", "the flash kernel", "the memory-efficient kernel", "cuDNN's kernel");

    /** The kernel's limits, which libtorch meets by padding where it is called in another way. */
    private static final int MULTIPLE = 8;

    private static final int WIDEST_HEAD = 256;

    /** Rounding in bfloat16 is below 0.02; another mask, another order of heads or another scale is above 0.1. */
    private static final float MOST = 0.05f;

    private static final String ERROR = "RuntimeError: ";

    private AttentionKernel() {}

    /**
     * Makes a program use flash attention if it can.
     *
     * @param another loads the program again, to try the kernel
     * @return a sentence on what is used
     */
    static String choose(
            Arena arena,
            Script script,
            Supplier<Script> another,
            Architecture architecture,
            DType type,
            boolean deterministic) {
        if (deterministic) {
            return "Attention by products of matrices, which repeat to the bit (training.deterministic).";
        }
        if (architecture.attention().cap() > 0) {
            return "Attention by products of matrices: this model caps its scores, which no kernel does.";
        }
        try (Arena step = arena.child()) {
            int choice = Math.toIntExact(script.set("choice", step.zeros(1)));
            String refused = type == DType.BF16
                    ? refused(step, another, choice, architecture.attention().headDim())
                    : "it needs bfloat16";
            if (refused.isEmpty()) {
                script.set("use_flash", true);
                return "Attention by the flash kernel, for all documents at once.";
            }
            String kernel = choice >= 0 && choice < KERNELS.size() ? KERNELS.get(choice) : "kernel " + choice;
            return "Attention by " + kernel
                    + ", for documents of one length at a time. The flash kernel for all at once" + " is not used: "
                    + refused + ".";
        }
    }

    private static String refused(Arena step, Supplier<Script> another, int choice, int headDim) {
        if (headDim % MULTIPLE != 0 || headDim > WIDEST_HEAD) {
            return "it needs a head size that is a multiple of " + MULTIPLE + " and at most " + WIDEST_HEAD;
        }
        if (choice != FLASH) {
            return "libtorch refuses it on this GPU";
        }
        try {
            float value = another.get()
                    .differentiate(step, "difference", step.zeros(1))
                    .get(0)
                    .item();
            return value <= MOST ? "" : "its results are off by " + value + " here";
        } catch (OutOfMemoryException e) {
            throw e;
        } catch (RuntimeException e) { // of DJL, or of a kernel that is missing
            return "it fails here (" + sentence(String.valueOf(e.getMessage())) + ")";
        }
    }

    /** The first sentence of libtorch's message, which the interpreter's own text surrounds. */
    private static String sentence(String message) {
        return message.lines()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()).split("\\. ", 2)[0])
                .findFirst()
                .orElse("no reason given");
    }
}
