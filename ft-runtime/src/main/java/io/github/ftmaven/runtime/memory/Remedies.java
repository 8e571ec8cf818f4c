package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the fewest keys whose change would make a training fit. */
public final class Remedies {
    private static final int MOST_KEYS = 4;
    private static final int MOST_SHOWN = 5;
    private static final int SHORTEST = 16;

    /** Examples that are cut to less are other examples. */
    private static final int MOST_SHORTENED = 8;

    private final Setup setup;
    private final long room;
    private final List<Change> changes = new ArrayList<>();

    /** Looks for those of a training on a device with so much room. */
    private Remedies(Setup setup, long room) {
        this.setup = setup;
        this.room = room;
        Held held = setup.memory().held();
        Trained trained = setup.memory().trained();
        if (setup.checkpointing() == GradientCheckpointing.OFF) {
            add("training.gradientCheckpointing: on", each -> each.with(GradientCheckpointing.ON));
        }
        if (!trained.isFull() && held.type() == DType.F32) {
            add(
                    "training.precision: bfloat16",
                    each -> each.with(new Held(DType.BF16, each.memory().held().format(), held.isOnGpu())));
        }
        if (!trained.isFull() && !held.isQuantized()) {
            add("base.quantization: int8", each -> quantized(each, Format.INT8));
            add("base.quantization: nf4", each -> quantized(each, Format.NF4_DOUBLE));
        }
        if (trained.isFull() && !trained.isFactored()) {
            add("training.optimizer: adafactor", each -> each.with(new Trained(null, 0, true, trained.keepsBest())));
        }
    }

    /**
     * Those with the fewest keys; empty if nothing known would help. Only changes of a micro-batch are not among them
     * where the plan makes them itself.
     *
     * @param room bytes that the device has before anything is loaded
     */
    public static List<Remedy> of(Setup setup, long room) {
        return new Remedies(setup, room).find();
    }

    private record Change(String text, UnaryOperator<Setup> change) {
        /** Whether both set the same key. */
        boolean isOfKeyOf(Change other) {
            return key().equals(other.key());
        }

        private String key() {
            return text.substring(0, text.indexOf(':'));
        }
    }

    private void add(String text, UnaryOperator<Setup> change) {
        changes.add(new Change(text, change));
    }

    private static Setup quantized(Setup setup, Format format) {
        Held held = setup.memory().held();
        return setup.with(new Held(held.type(), format, held.isOnGpu()));
    }

    private List<Remedy> find() {
        for (int keys = 1; keys <= MOST_KEYS; keys++) {
            List<Remedy> found = new ArrayList<>();
            for (List<Change> chosen : choices(keys, 0)) {
                Setup changed = apply(chosen);
                fitting(changed).map(peak -> remedy(chosen, List.of(), peak)).ifPresent(found::add);
            }
            for (List<Change> chosen : choices(keys - 1, 0)) {
                shorter(chosen).ifPresent(found::add);
            }
            if (!found.isEmpty()) {
                return found.stream()
                        .sorted(Comparator.comparing(
                                (Remedy each) -> each.changes().size()))
                        .limit(MOST_SHOWN)
                        .toList();
            }
        }
        return List.of();
    }

    /** All combinations of so many changes of different keys, in the order of the changes. */
    private List<List<Change>> choices(int count, int from) {
        if (count == 0) {
            return List.of(List.of());
        }
        List<List<Change>> all = new ArrayList<>();
        for (int i = from; i < changes.size(); i++) {
            Change first = changes.get(i);
            for (List<Change> rest : choices(count - 1, i + 1)) {
                if (rest.stream().noneMatch(first::isOfKeyOf)) {
                    List<Change> joined = new ArrayList<>(List.of(first));
                    joined.addAll(rest);
                    all.add(joined);
                }
            }
        }
        return all;
    }

    private Setup apply(List<Change> chosen) {
        Setup changed = setup;
        for (Change each : chosen) {
            changed = each.change().apply(changed);
        }
        return changed;
    }

    private Optional<Long> fitting(Setup changed) {
        MemoryPlan plan = MemoryPlan.of(changed, room);
        return plan.fits() ? Optional.of(plan.estimate().peak()) : Optional.empty();
    }

    /** The same with the longest examples that then fit, to 16 tokens. */
    private Optional<Remedy> shorter(List<Change> chosen) {
        Setup changed = apply(chosen);
        long fits = 0;
        long tooLong = changed.longest();
        while (tooLong - fits > SHORTEST) {
            long middle = (fits + tooLong) / 2 / SHORTEST * SHORTEST;
            middle = middle <= fits ? fits + SHORTEST : middle;
            if (middle >= tooLong) {
                break;
            }
            if (fitting(changed.with(changed.microBatchTokens(), middle)).isPresent()) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        if (fits < setup.longest() / MOST_SHORTENED) {
            return Optional.empty();
        }
        long longest = fits;
        return fitting(changed.with(changed.microBatchTokens(), longest))
                .map(peak -> remedy(chosen, List.of("dataset.maxLength: " + longest), peak));
    }

    private static Remedy remedy(List<Change> chosen, List<String> more, long peak) {
        List<String> texts = new ArrayList<>(chosen.stream().map(Change::text).toList());
        texts.addAll(more);
        return new Remedy(texts, peak);
    }
}
