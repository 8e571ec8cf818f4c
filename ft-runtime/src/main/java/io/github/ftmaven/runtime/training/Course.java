package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.List;

/** Which batches a training learns, in how many steps, and at which rates. */
record Course(EpochOrder order, TrainingLength length, LearningRate rates) {
    static Course of(TrainingSpec spec, List<TrainingExample> train) {
        OptimizationSpec optimization = spec.optimization();
        EpochOrder order = new EpochOrder(train, spec.batchSize(), spec.seed());
        TrainingLength length = TrainingLength.of(spec.epochs(), order.stepsPerEpoch(), optimization.batchesPerStep());
        LearningRate rates = LearningRate.of(
                optimization.schedule(), optimization.learningRate(), optimization.warmup(), length.steps());
        return new Course(order, length, rates);
    }

    /** A batch, counted from 0 through all epochs. */
    NumberedBatch batch(int number) {
        return new NumberedBatch(number, order.batch(number));
    }
}
