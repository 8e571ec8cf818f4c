package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import java.util.ArrayList;
import java.util.List;

/** The memory of an evaluation: of what is held in a way, with an adapter or trained as a whole. */
public record EvaluationMemory(Architecture architecture, Held held, Trained trained) {
    /** Of the free memory, for weights that are dequantized once. */
    private static final double SHARE = 0.5;

    /**
     * What the keys and values of a batch may take, unless it is a single answer. Fixed, because the batches decide in which
     * order sums are rounded: answers do not depend on a machine's memory.
     */
    public static final long CACHE = 2L << 30;

    /**
     * The questions of a test.
     *
     * @param prompt tokens of the longest prompt
     * @param answer tokens of the longest answer
     * @param batchSize how many are answered at once, if the cache allows
     */
    public record Questions(long prompt, long answer, int batchSize) {}

    /** Whether weights that take so many bytes as numbers are dequantized once, rather than each time. */
    public static boolean dequantizes(long bytes, long free) {
        return bytes <= SHARE * free;
    }

    /** Bytes of the keys and values of a token in all layers. */
    public static long cacheOfToken(Architecture architecture, DType type) {
        return 2L
                * type.bytes()
                * architecture.dimensions().layers()
                * architecture.attention().keyValueWidth();
    }

    /** How many questions are answered at once. */
    public long together(Questions questions) {
        long each = cacheOfToken(architecture, held.type()) * (questions.prompt() + questions.answer());
        return Math.max(1, Math.min(questions.batchSize(), CACHE / each));
    }

    /**
     * The estimate.
     *
     * @param free bytes that the device has before anything is loaded
     */
    public Estimate of(Questions questions, long free) {
        WeightBytes weights = WeightBytes.of(architecture, held);
        long process = ProcessBytes.fixed(architecture, held);
        long vocabulary = weights.vocabulary();
        long count = together(questions);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("the process", process));
        parts.add(new Part(architecture.embedding().tied() ? "embedding" : "embedding and head", vocabulary));
        boolean once = held.isQuantized()
                && dequantizes(weights.dequantized(), free - process - vocabulary - weights.layers());
        long layers = weights.layers();
        if (once) {
            WeightBytes numbers = WeightBytes.of(architecture, new Held(held.type(), null, held.isOnGpu()));
            layers = numbers.layers();
        }
        parts.add(new Part(once ? "layers, dequantized once" : "layers", layers));
        if (!trained.isFull()) {
            parts.add(new Part("adapter", trained.values(architecture) * Float.BYTES));
        }
        parts.add(new Part(
                "keys and values of " + count + (count == 1 ? " answer" : " answers"),
                count * (questions.prompt() + questions.answer()) * cacheOfToken(architecture, held.type())));
        Batch batch = new Batch(count * questions.prompt(), questions.prompt(), count);
        TensorTally layer = layer(batch, once);
        long logits =
                count * architecture.dimensions().vocabSize() * (held.type().bytes() + Float.BYTES);
        parts.add(new Part("reading the questions", Math.max(layer.bytes(), logits)));
        parts.add(new Part("what the allocator cannot use", ProcessBytes.unusable(new TensorTally(), layer, held)));
        return new Estimate(
                parts,
                held.isOnGpu() ? ProcessBytes.ofJava(architecture) : 0,
                process + vocabulary + layers + ProcessBytes.ofLoading(weights.largestLinear(), held));
    }

    /** What a layer computes, without what a backward pass would need. */
    private TensorTally layer(Batch batch, boolean once) {
        int type = held.type().bytes();
        double tokens = (double) batch.tokens();
        TensorTally tally = new TensorTally();
        tally.tensors(4, tokens, architecture.dimensions().intermediateSize(), type);
        tally.tensors(4, tokens, architecture.dimensions().hiddenSize(), type);
        tally.tensor(1, new AttentionBytes(architecture, held, batch).momentOfBlock(batch.sequences()), 1);
        if (held.isQuantized() && !once) {
            tally.tensors(3, 1, (double) WeightBytes.of(architecture, held).largestLinear(), 4);
        }
        return tally;
    }
}
