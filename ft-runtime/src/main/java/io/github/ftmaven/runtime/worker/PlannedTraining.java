package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.DeclaredLayout;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.StoredFormat;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.memory.Batch;
import io.github.ftmaven.runtime.memory.Bytes;
import io.github.ftmaven.runtime.memory.MemoryPlan;
import io.github.ftmaven.runtime.memory.Remedies;
import io.github.ftmaven.runtime.memory.Setup;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.training.LargestBatch;
import io.github.ftmaven.runtime.training.Trainer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a training is to use the memory of its device, decided before anything is loaded.
 *
 * @param largest the batch that the plan is for
 * @param rehearses whether that batch is computed once before the first step. On a GPU it shows at once what fits. A CPU's
 *     system promises memory that it does not have, so that the plan knows more than an attempt
 */
record PlannedTraining(Setup declared, MemoryPlan plan, LargestBatch largest, boolean rehearses) {
    /**
     * Plans a training with the examples that it has.
     *
     * @throws InvalidInputException if nothing fits
     */
    static PlannedTraining of(Job job, TrainingData data, DType type, Arena arena, Events events) throws IOException {
        LargestBatch largest = LargestBatch.of(data.train(), job.spec().training());
        LoraLayout layout = DeclaredLayout.of(job);
        Setup setup = Setup.of(
                job.spec(),
                job.base().architecture(),
                layout,
                type,
                StoredFormat.of(job.spec(), job.base()),
                arena.isOnGpu(),
                largest.batch().longest());
        PlannedTraining planned = of(setup, largest, Room.of(arena), arena.isOnGpu());
        if (planned.plan.isSmallerThan(setup)) {
            events.warn("Micro-batches of " + setup.microBatchTokens()
                    + " tokens do not fit into memory. Training uses "
                    + planned.plan.setup().microBatchTokens() + ", which changes the order of sums. Set"
                    + " training.microBatchTokens: " + planned.plan.setup().microBatchTokens()
                    + " to get the same bytes on a larger machine.");
        }
        return planned;
    }

    static PlannedTraining of(Setup setup, LargestBatch largest, long room, boolean isOnGpu) {
        MemoryPlan plan = MemoryPlan.of(setup, largest.batch(), room);
        PlannedTraining planned = new PlannedTraining(setup, plan, largest, isOnGpu);
        if (!plan.mayFit(planned.batch())) {
            throw new InvalidInputException(tooLarge(
                    setup,
                    planned.estimate(),
                    room,
                    Remedies.of(setup, room).stream()
                            .findFirst()
                            .map(each -> each.shown() + " (" + Bytes.shown(each.peak()) + ")")
                            .orElse(null)));
        }
        return planned;
    }

    private static String tooLarge(Setup setup, long peak, long room, @Nullable String remedy) {
        return "This training needs about " + Bytes.shown(peak) + " of memory, but "
                + (setup.memory().held().isOnGpu() ? "the GPU" : "this machine") + " has " + Bytes.shown(room)
                + ": "
                + (remedy == null
                        ? "no key of the spec would make it fit, so use a smaller base or a larger machine"
                        : "write " + remedy + ", or use a larger machine")
                + ". ft:plan prints what takes how much.";
    }

    /** The largest batch that is computed at once. */
    private Batch batch() {
        return plan.isSmallerThan(declared) ? plan.setup().batch() : largest.batch();
    }

    /** The bytes that the training is expected to take at its peak. */
    long estimate() {
        return plan.setup().memory().of(batch(), plan.passes()).peak();
    }

    /** Where frozen layers are. On a CPU, where they are read from decides. */
    Offload offload() {
        return plan.passes().layersOnHost()
                ? Offload.LAYERS
                : declared.memory().held().isOnGpu() ? Offload.NONE : declared.offload();
    }

    /** Makes a training keep to the plan. */
    void apply(Trainer trainer) {
        if (plan.isSmallerThan(declared)) {
            trainer.lower(plan.setup().microBatchTokens());
        }
        if (rehearses) {
            trainer.rehearse(largest.examples());
        }
    }
}
