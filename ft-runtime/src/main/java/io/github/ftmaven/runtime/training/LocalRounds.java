package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.OptimizerStep;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Rounds of local steps. In each, replicas begin with the same weights and take steps apart from each other, with batches of
 * their own. The next round begins with the mean of what they become, weighted by the tokens that each has learnt.
 *
 * <p>Batch {@code b} of the training is for replica {@code b % replicas}, so it does not matter who trains which.
 */
final class LocalRounds implements Advance {
    /** With fewer rounds, the mean is hardly what a training ends in. */
    private static final int ENOUGH = 3;

    private static final int GOOD = 30;

    private final Decoder decoder;
    private final TrainingSpec spec;
    private final Course course;
    private final int localSteps;
    private final Replicas replicas;
    private final TensorBytes bytes;
    private final Accumulation accumulation;

    LocalRounds(
            Decoder decoder,
            OptimizerState state,
            TrainingSpec spec,
            Course course,
            int localSteps,
            Replicas replicas,
            TensorBytes bytes,
            TrainingListener listener) {
        this.decoder = decoder;
        this.spec = spec;
        this.course = course;
        this.localSteps = localSteps;
        this.replicas = replicas;
        this.bytes = bytes;
        this.accumulation = new Accumulation(new Rehearsal(state), spec.microBatchTokens(), listener);
    }

    @Override
    public List<TakenStep> from(int step) {
        long start = System.nanoTime();
        List<List<NumberedBatch>> dealt = deal(step);
        List<byte[]> weights = bytes.of(decoder.trained());
        List<List<OptimizerStep>> taken = new ArrayList<>();
        accumulation.attempt(
                dealt.stream()
                        .flatMap(Collection::stream)
                        .map(NumberedBatch::examples)
                        .toList(),
                () -> train(weights, dealt, taken));
        double seconds = (System.nanoTime() - start) / 1e9;
        int count = taken.isEmpty() ? 0 : taken.get(0).size(); // the first replica has the most batches
        List<TakenStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(together(i, dealt, taken, course.rates().at(step + i), seconds / count));
        }
        return steps;
    }

    /** The batches of a round: for each replica that has any, one for each of its steps. */
    private List<List<NumberedBatch>> deal(int step) {
        int begin = course.length().batchesOf(step);
        int end = course.length().batchesOf((int) Math.min(Integer.MAX_VALUE, (long) step + localSteps));
        List<List<NumberedBatch>> dealt = new ArrayList<>();
        for (int number = begin; number < end; number++) {
            int replica = number % course.length().replicas();
            if (replica == dealt.size()) {
                dealt.add(new ArrayList<>());
            }
            dealt.get(replica).add(course.batch(number));
        }
        return dealt;
    }

    private void train(List<byte[]> weights, List<List<NumberedBatch>> dealt, List<List<OptimizerStep>> taken) {
        WeightedMean mean = new WeightedMean();
        taken.clear(); // an earlier attempt may have ended half-way
        List<ReplicaRound> rounds = dealt.stream().map(this::round).toList();
        boolean isWhole = replicas.train(weights, rounds, replica -> {
            List<NumberedBatch> own = dealt.get(taken.size());
            mean.add(
                    replica.values(),
                    own.stream().mapToLong(NumberedBatch::supervised).sum());
            taken.add(replica.steps());
        });
        if (!isWhole) {
            taken.clear();
        }
        bytes.fill(decoder.trained(), isWhole ? mean.values() : weights);
    }

    private ReplicaRound round(List<NumberedBatch> batches) {
        List<ReplicaRound.LocalStep> steps = new ArrayList<>();
        for (NumberedBatch batch : batches) {
            steps.add(new ReplicaRound.LocalStep(
                    course.rates().at(batch.number() / course.length().replicas()),
                    NumberedBatch.parts(batch.number(), accumulation.parts(batch.examples()), spec.batchSize())));
        }
        return new ReplicaRound(steps);
    }

    /** What the replicas did in one step, counted from the beginning of the round. */
    private static TakenStep together(
            int step, List<List<NumberedBatch>> dealt, List<List<OptimizerStep>> taken, double rate, double seconds) {
        List<TrainingExample> examples = new ArrayList<>();
        Optional<NumberedBatch> bad = Optional.empty();
        double loss = 0;
        double norm = 0;
        long tokens = 0;
        long supervised = 0;
        for (int replica = 0;
                replica < taken.size() && step < taken.get(replica).size();
                replica++) {
            NumberedBatch batch = dealt.get(replica).get(step);
            OptimizerStep own = taken.get(replica).get(step);
            examples.addAll(batch.examples());
            loss += own.loss();
            norm = Math.max(norm, own.norm()); // NaN if one of them is
            tokens += batch.tokens();
            supervised += batch.supervised();
            if (bad.isEmpty() && !(Double.isFinite(own.loss()) && Double.isFinite(own.norm()))) {
                bad = Optional.of(batch);
            }
        }
        return new TakenStep(
                bad.map(NumberedBatch::examples).orElse(examples),
                loss / supervised,
                norm,
                rate,
                tokens,
                supervised,
                seconds);
    }

    @Override
    public Accumulation accumulation() {
        return accumulation;
    }

    @Override
    public Optional<String> warning() {
        int steps = course.length().steps();
        int rounds = (int) (((long) steps + localSteps - 1) / localSteps);
        if (rounds >= ENOUGH || course.length().replicas() == 1) {
            return Optional.empty();
        }
        return Optional.of("training.localSteps: " + localSteps + " averages the replicas only "
                + Counted.of(rounds, "time") + " in " + Counted.of(steps, "step")
                + ". Between two averages they drift apart, so write a lower number, such as "
                + Math.max(1, steps / GOOD) + ".");
    }

    /** Trains one replica for one step and forgets it. */
    private final class Rehearsal implements Accumulation.Sum {
        private final OptimizerState state;

        private Rehearsal(OptimizerState state) {
            this.state = state;
        }

        @Override
        public void add(List<List<TokenSequence>> parts) {
            List<byte[]> weights = bytes.of(decoder.trained());
            ReplicaRound round = new ReplicaRound(List.of(
                    new ReplicaRound.LocalStep(course.rates().at(0), NumberedBatch.parts(0, parts, spec.batchSize()))));
            replicas.train(weights, List.of(round), replica -> {});
            bytes.fill(decoder.trained(), weights); // memory is short before the step, if it is
        }

        @Override
        public void clear() {
            decoder.forget(state);
        }
    }
}
