package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.spec.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An {@link Outlook} as lines for a console. */
public final class OutlookPage {
    private static final int NAME = 44;
    private static final int SIZE = 10;
    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;

    private final Outlook outlook;
    private final List<String> lines = new ArrayList<>();

    private OutlookPage(Outlook outlook) {
        this.outlook = outlook;
    }

    /**
     * The lines.
     *
     * @param name of the fine-tune
     */
    public static List<String> of(Outlook outlook, String name) {
        OutlookPage page = new OutlookPage(outlook);
        page.head(name);
        if (outlook.places().training().isHosted()) {
            page.service();
            page.evaluation();
        } else {
            page.training();
            page.evaluation();
            page.time();
            page.remedies();
        }
        return List.copyOf(page.lines);
    }

    private void head(String name) {
        TrainingMemory memory = outlook.declared().memory();
        Architecture architecture = memory.architecture();
        lines.add(
                "Plan of " + name + ": " + Counted.of(architecture.dimensions().layers(), "layer") + " of width "
                        + count(architecture.dimensions().hiddenSize()) + ", "
                        + (memory.trained().isFull() ? "all weights trained" : adapter(memory)) + ", "
                        + held(memory.held()) + ".");
        lines.add("Computes on " + outlook.machine().device() + ". "
                + Bytes.shown(outlook.machine().room()) + " of memory is available.");
        lines.addAll(outlook.places().elsewhere());
        lines.add("Lengths: " + outlook.sizes().source() + ".");
    }

    private void service() {
        lines.add("");
        lines.add((outlook.places().training() == Runner.TOGETHER ? "Together" : "A service of the OpenAI protocol")
                + " trains, so it takes no memory here (training.runner). ft:train says the price before it creates a"
                + " job.");
    }

    private static String adapter(TrainingMemory memory) {
        return count(memory.trained().values(memory.architecture())) + " trained values";
    }

    private static String held(Held held) {
        Format format = held.format();
        String type = held.type() == DType.BF16 ? "bfloat16" : "float32";
        return format == null ? type : (format == Format.INT8 ? "int8" : "nf4") + ", computed in " + type;
    }

    private void training() {
        Batch batch = outlook.plan().setup().batch();
        lines.add("");
        lines.add("Training, " + Counted.of(batch.tokens(), "token") + " at once ("
                + Counted.of(batch.sequences(), "sequence") + " of " + count(batch.longest()) + ")");
        parts(outlook.training(), outlook.plan().fits());
        if (outlook.plan().isSmallerThan(outlook.declared())) {
            lines.add("  training.microBatchTokens: " + outlook.declared().microBatchTokens() + " does not fit, so "
                    + outlook.plan().setup().microBatchTokens() + " would be used, which changes the order of sums.");
        }
        lines.add("  " + recomputation());
        if (outlook.plan().passes().layersOnHost()) {
            boolean chosen = outlook.declared().offload() == Offload.AUTO;
            lines.add("  Frozen layers wait in host memory (training.offload: " + (chosen ? "auto" : "layers") + ").");
        }
    }

    private String recomputation() {
        boolean recompute = outlook.plan().passes().recompute();
        String why = outlook.plan().isFree() ? " (training.gradientCheckpointing: auto)" : " (as declared)";
        return (recompute ? "Layers are recomputed in the backward pass" : "No layer is recomputed") + why + ".";
    }

    private void evaluation() {
        lines.add("");
        lines.add("Evaluation, prompts of up to "
                + count(outlook.sizes().questions().prompt()) + " and answers of up to "
                + count(outlook.sizes().questions().answer()) + " tokens");
        parts(outlook.asking(), outlook.isAskingPossible());
        if (!outlook.isAskingPossible()) {
            int count = outlook.fittingQuestions();
            lines.add(
                    count == 0
                            ? "  Not even one question at a time fits; quantized weights take less."
                            : "  It fits with evaluation.batchSize: " + count + ".");
        }
    }

    private void parts(Estimate estimate, boolean fits) {
        for (Part part : estimate.parts()) {
            lines.add(row(part.name(), part.bytes()));
        }
        if (estimate.whileLoading() == estimate.peak()) {
            lines.add(row("more while weights are read", estimate.peak() - sum(estimate)));
        }
        String verdict = fits ? "fits" : "DOES NOT FIT";
        lines.add(row("in all", estimate.peak()) + "  of "
                + Bytes.shown(outlook.machine().room()) + ": " + verdict);
        if (estimate.onHost() > 0) {
            lines.add(row("beside it in the machine's memory", estimate.onHost()));
        }
    }

    private static long sum(Estimate estimate) {
        return estimate.parts().stream().mapToLong(Part::bytes).sum();
    }

    private static String row(String name, long bytes) {
        return String.format(Locale.ROOT, "  %-" + NAME + "s%" + SIZE + "s", name, Bytes.shown(bytes));
    }

    private void time() {
        Machine machine = outlook.machine();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Time, from products measured just now: %s in float32, %s in bfloat16",
                rate(machine.single()),
                rate(machine.half())));
        lines.add(String.format(
                Locale.ROOT,
                "  %-" + NAME + "s%" + SIZE + "s",
                "a step of " + Counted.of(outlook.declared().batchSize(), "example"),
                duration(outlook.stepSeconds())));
        Outlook.Time time = outlook.time();
        lines.add(
                time == null
                        ? "  The whole training is not known before ft:dataset has read the examples."
                        : String.format(
                                Locale.ROOT,
                                "  %-" + NAME + "s%" + SIZE + "s",
                                "the training of " + Counted.of(time.steps(), "step"),
                                duration(time.seconds())));
        bfloat16().forEach(lines::add);
    }

    private List<String> bfloat16() {
        Machine machine = outlook.machine();
        boolean isHalf = outlook.declared().memory().held().type() == DType.BF16;
        if (outlook.wouldGain()) {
            return List.of(String.format(
                    Locale.ROOT,
                    "  bfloat16 would pay: products are %.1f times as fast, and weights take half (training.precision:"
                            + " bfloat16).",
                    machine.gain()));
        }
        if (isHalf && !machine.hasBfloat16()) {
            return List.of(String.format(
                    Locale.ROOT,
                    "  bfloat16 costs time here: products take %.1f times as long as in float32.",
                    1 / machine.gain()));
        }
        return List.of();
    }

    private void remedies() {
        if (outlook.plan().fits()) {
            return;
        }
        lines.add("");
        if (outlook.remedies().isEmpty()) {
            lines.add(
                    "The training does not fit, and no key of the spec would make it fit. Use a smaller base, or a larger"
                            + " machine.");
            return;
        }
        lines.add(outlook.remedies().size() == 1 ? "It would fit with" : "It would fit with any of");
        for (Remedy remedy : outlook.remedies()) {
            lines.add(row(remedy.shown(), remedy.peak()));
        }
    }

    private static String rate(Work.Rates rates) {
        double giga = rates.operations() / 1e9;
        return giga >= 9_950
                ? String.format(Locale.ROOT, "%,.0f TFLOP/s", giga / 1e3)
                : String.format(Locale.ROOT, "%,.0f GFLOP/s", giga);
    }

    /** Two units: {@code 4 h 20 min}. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, seconds < 1 ? "%.2f s" : "%.1f s", seconds);
        }
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        if (seconds < HOUR) {
            return String.format(Locale.ROOT, "%.0f min", seconds / MINUTE);
        }
        if (seconds < 2 * DAY) {
            long minutes = Math.round(seconds / MINUTE);
            return minutes / 60 + " h " + minutes % 60 + " min";
        }
        long hours = Math.round(seconds / HOUR);
        return String.format(Locale.ROOT, "%,d d %d h", hours / 24, hours % 24);
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
