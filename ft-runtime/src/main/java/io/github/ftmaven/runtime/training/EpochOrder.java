package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Decides which examples form the optimizer steps of an epoch. It depends only on the seed and the epoch, so a resumed
 * run does not need the state of a random generator.
 *
 * <p>First the examples are shuffled. Then, within windows of several batches, examples of similar length are grouped
 * to reduce padding. Finally the batches are shuffled.
 */
final class EpochOrder {
    private static final int WINDOW_BATCHES = 20;

    private final List<TrainingExample> examples;
    private final int batchSize;
    private final long seed;
    private int lastEpoch = -1;
    private List<List<TrainingExample>> ofLastEpoch = List.of();

    EpochOrder(List<TrainingExample> examples, int batchSize, long seed) {
        this.examples = examples;
        this.batchSize = Math.min(batchSize, Math.max(1, examples.size())); // a number beyond them changes nothing
        this.seed = seed;
    }

    int stepsPerEpoch() {
        return (int) (((long) examples.size() + batchSize - 1) / batchSize);
    }

    /** A batch of the training, counted from 0 through all epochs. */
    List<TrainingExample> batch(int number) {
        int epoch = number / stepsPerEpoch();
        if (epoch != lastEpoch) {
            ofLastEpoch = batches(epoch);
            lastEpoch = epoch;
        }
        return ofLastEpoch.get(number % stepsPerEpoch());
    }

    /** The batches of an epoch, counted from 0; the last one drawn may be short. */
    List<List<TrainingExample>> batches(int epoch) {
        Random random = new Random(Seeds.forRandom(seed) + 0x9E3779B97F4A7C15L * (epoch + 1));
        List<TrainingExample> order = new ArrayList<>(examples);
        Collections.shuffle(order, random);
        List<List<TrainingExample>> batches = new ArrayList<>();
        int window = (int) Math.min(order.size(), (long) WINDOW_BATCHES * batchSize);
        for (int start = 0; start < order.size(); start += window) {
            List<TrainingExample> near = order.subList(start, Math.min(order.size(), start + window));
            near.sort(Comparator.comparingInt(TrainingExample::length));
            for (int i = 0; i < near.size(); i += batchSize) {
                batches.add(List.copyOf(near.subList(i, Math.min(near.size(), i + batchSize))));
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }
}
