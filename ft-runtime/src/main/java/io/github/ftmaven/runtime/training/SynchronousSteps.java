package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.OptimizerStep;
import io.github.ftmaven.runtime.spec.OptimizationSpec;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.List;
import java.util.Optional;

/** One optimizer step after the other, each with the gradients of a whole batch. */
final class SynchronousSteps implements Advance {
    private final Decoder decoder;
    private final OptimizerState state;
    private final TrainingSpec spec;
    private final Course course;
    private final Gradients gradients;
    private final Accumulation accumulation;
    private int number;

    SynchronousSteps(
            Decoder decoder,
            OptimizerState state,
            TrainingSpec spec,
            Course course,
            Gradients gradients,
            TrainingListener listener) {
        this.decoder = decoder;
        this.state = state;
        this.spec = spec;
        this.course = course;
        this.gradients = gradients;
        this.accumulation = new Accumulation(new StepGradients(), spec.microBatchTokens(), listener);
    }

    @Override
    public List<TakenStep> from(int step) {
        NumberedBatch batch = course.batch(step);
        long start = System.nanoTime();
        number = step;
        accumulation.of(batch.examples());
        double rate = course.rates().at(step);
        OptimizationSpec optimization = spec.optimization();
        OptimizerStep taken = decoder.update(
                state, batch.supervised(), rate, optimization.maxGradientNorm(), optimization.weightDecay());
        return List.of(new TakenStep(
                batch.examples(),
                taken.loss() / batch.supervised(),
                taken.norm(),
                rate,
                batch.tokens(),
                batch.supervised(),
                (System.nanoTime() - start) / 1e9));
    }

    @Override
    public Accumulation accumulation() {
        return accumulation;
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    /** The gradients of the step at hand, in the optimizer's state. */
    private final class StepGradients implements Accumulation.Sum {
        @Override
        public void add(List<List<TokenSequence>> parts) {
            gradients.add(decoder, NumberedBatch.parts(number, parts, spec.batchSize()), spec.seed(), state);
        }

        @Override
        public void clear() {
            decoder.forget(state);
        }
    }
}
