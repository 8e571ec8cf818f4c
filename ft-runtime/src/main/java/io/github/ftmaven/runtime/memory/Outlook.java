package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fine-tune will take on a machine.
 *
 * @param declared the training as the spec declares it
 * @param plan how it uses the memory
 * @param asking the memory of the evaluation
 * @param time seconds; null where the examples were not read yet
 * @param places where it computes; a training at a service has no plan
 * @param remedies changes that make the training fit; empty if it does, or if nothing would
 */
public record Outlook(
        Machine machine,
        Sizes sizes,
        Setup declared,
        MemoryPlan plan,
        Estimate asking,
        double stepSeconds,
        @Nullable Time time,
        Places places,
        List<Remedy> remedies) {
    /** Copies the list. */
    public Outlook {
        remedies = List.copyOf(remedies);
    }

    /**
     * The time of a whole training.
     *
     * @param steps of the optimizer
     * @param seconds for all of them
     */
    public record Time(long steps, double seconds) {}

    /** Looks ahead. */
    public static Outlook of(FineTuneSpec spec, Setup declared, Sizes sizes, Machine machine) {
        Places places = Places.of(spec);
        MemoryPlan plan = MemoryPlan.of(declared, machine.room());
        TrainingMemory memory = declared.memory();
        // A training of all weights is evaluated as a model of its own, in float32.
        EvaluationMemory asking = new EvaluationMemory(memory.architecture(), memory.held(), memory.trained());
        Work.Rates rates = memory.held().type() == DType.F32 ? machine.single() : machine.half();
        long step = declared.batchSize() * sizes.longest();
        Work known = sizes.work();
        Work ofStep = known == null
                ? new Work(step, (double) sizes.longest(), step)
                : known.part((double) declared.batchSize() / Math.max(declared.batchSize(), sizes.rows()));
        double stepSeconds = ofStep.seconds(memory, plan.passes(), rates);
        Time time = null;
        if (known != null) {
            long batches = Math.max(
                    1,
                    Math.round(spec.training().epochs()
                            * WeightBytes.ceil(sizes.rows(), spec.training().batchSize())));
            time = new Time(
                    WeightBytes.ceil(batches, spec.training().optimization().batchesPerStep()),
                    known.seconds(memory, plan.passes(), rates)
                            * spec.training().epochs());
        }
        return new Outlook(
                machine,
                sizes,
                declared,
                plan,
                asking.of(sizes.questions(), machine.room()),
                stepSeconds,
                time,
                places,
                plan.fits() || places.training().isHosted() ? List.of() : Remedies.of(declared, machine.room()));
    }

    /** The memory of the training. */
    public Estimate training() {
        return plan.estimate();
    }

    /** Whether bfloat16 would be faster, where float32 is used and bfloat16 is allowed. */
    public boolean wouldGain() {
        return !places.training().isHosted()
                && declared.memory().held().type() == DType.F32
                && !declared.memory().trained().isFull()
                && machine.hasBfloat16()
                && machine.gain() > 1.2;
    }

    /** Whether the evaluation fits, if the estimate is right. */
    public boolean isAskingPossible() {
        return asking.peak() <= machine.room();
    }

    /** The most questions at once that fit, a power of two; 0 if not even one does. */
    public int fittingQuestions() {
        TrainingMemory memory = declared.memory();
        EvaluationMemory asked = new EvaluationMemory(memory.architecture(), memory.held(), memory.trained());
        EvaluationMemory.Questions questions = sizes.questions();
        for (int count = Integer.highestOneBit(questions.batchSize()); count > 0; count /= 2) {
            EvaluationMemory.Questions fewer =
                    new EvaluationMemory.Questions(questions.prompt(), questions.answer(), count);
            if (asked.of(fewer, machine.room()).peak() <= machine.room()) {
                return count;
            }
        }
        return 0;
    }
}
