package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with its weights and, perhaps, an adapter: the Java side of {@code decoder.py}. Not safe for several
 * threads at once.
 */
public final class Decoder {
    /** Entries of a layer in {@code decoder.py}: two norms and seven linear modules. */
    private static final int ENTRIES = 9;

    private final Arena arena;
    private final Script script;
    private final List<Tensor> weights;
    private final List<Tensor> adapter;
    private final List<Tensor> trained;

    private Decoder(Arena arena, Script script, List<Tensor> weights, List<Tensor> adapter, List<Tensor> trained) {
        this.arena = arena;
        this.script = script;
        this.weights = weights;
        this.adapter = adapter;
        this.trained = trained;
    }

    /**
     * Puts a decoder together.
     *
     * @param arena owns the program; the decoder may be used until it closes
     * @param weights the base's tensors, see {@link BaseTensors}
     * @param adapter null for the base alone; then what is trained is the base
     * @param recompute whether training keeps only the inputs of layers and computes each again
     */
    public static Decoder of(
            Arena arena,
            Architecture architecture,
            List<Tensor> weights,
            @Nullable LoraTensors adapter,
            boolean recompute) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", architecture.dimensions().layers());
        attributes.put("heads", architecture.attention().heads());
        attributes.put("kv_heads", architecture.attention().kvHeads());
        attributes.put("head_dim", architecture.attention().headDim());
        attributes.put("norm_eps", architecture.normEpsilon());
        attributes.put("rope_theta", architecture.rope().theta());
        attributes.put("tied", architecture.tied());
        attributes.put("full", adapter == null);
        attributes.put("pairs", pairs(architecture, adapter));
        attributes.put("scale", adapter == null ? 0.0 : adapter.scale());
        attributes.put("fold", adapter != null && adapter.dropout() == 0 && foldingIsCheaper(adapter));
        attributes.put("dropout", adapter == null ? 0.0 : adapter.dropout());
        attributes.put("recompute", recompute);
        attributes.put("seed", -1);
        Script script = Script.load(arena, "decoder.py", "Decoder", attributes);
        List<Tensor> pairs = adapter == null ? List.of(arena.zeros(0)) : adapter.tensors();
        return new Decoder(arena, script, List.copyOf(weights), pairs, adapter == null ? List.copyOf(weights) : pairs);
    }

    /**
     * Compares what the two ways cost a token beyond the frozen weights' own products: folding needs the gradient of
     * W + s B A, {@code 2 in out}; the low-rank path three passes through A and B, {@code 6 r (in + out)}.
     */
    private static boolean foldingIsCheaper(LoraTensors adapter) {
        long folded = 0;
        long apart = 0;
        for (LoraModule module : adapter.layout().modules()) {
            folded += 2L * module.in() * module.out();
            apart += 6L * module.rank() * (module.in() + module.out());
        }
        return folded <= apart;
    }

    private static int[] pairs(Architecture architecture, @Nullable LoraTensors adapter) {
        int[] pairs = new int[ENTRIES * architecture.dimensions().layers()];
        Arrays.fill(pairs, -1);
        if (adapter != null) {
            List<String> names = WeightLayout.of(architecture).names(); // the embedding, then the entries
            List<LoraModule> modules = adapter.layout().modules();
            for (int i = 0; i < modules.size(); i++) {
                pairs[names.indexOf(modules.get(i).name() + ".weight") - 1] = i;
            }
        }
        return pairs;
    }

    /** The tensors training changes: the adapter's, or without one the base's. */
    public List<Tensor> trained() {
        return trained;
    }

    /**
     * The logits at every position of every document.
     *
     * @return for each document its logits, one row of the vocabulary's size a token
     */
    public List<float[][]> logits(List<int[]> documents) {
        Documents layout = Documents.of(documents);
        List<float[][]> result = new ArrayList<>();
        try (Arena step = arena.child()) {
            List<Long> rows = new ArrayList<>();
            for (int d = 0; d < documents.size(); d++) {
                for (int t = 0; t < documents.get(d).length; t++) {
                    rows.add((long) layout.row(d, t));
                }
            }
            long[] wanted = rows.stream().mapToLong(Long::longValue).toArray();
            List<Object> arguments = place(step, layout);
            arguments.addAll(List.of(step.longs(wanted, wanted.length), weights, adapter));
            Tensor logits = script.call(step, "logits", arguments.toArray()).get(0);
            float[] all = logits.toFloats();
            int width = (int) logits.shape()[1];
            int next = 0;
            for (int[] document : documents) {
                float[][] own = new float[document.length][];
                for (int t = 0; t < document.length; t++, next += width) {
                    own[t] = Arrays.copyOfRange(all, next, next + width);
                }
                result.add(own);
            }
        }
        return result;
    }

    /** The sum of the cross-entropies of all supervised tokens, in nats. */
    public double loss(List<TokenSequence> sequences) {
        try (Arena step = arena.child()) {
            List<Object> arguments = supervised(step, sequences);
            arguments.addAll(List.of(weights, adapter));
            return script.call(step, "loss", arguments.toArray()).get(0).item();
        }
    }

    /**
     * Adds the gradients of the loss to {@code gradients}.
     *
     * @param seed of the dropout masks, not negative; the same seed draws the same masks
     * @param gradients one for each of {@link #trained()}, of its shape
     * @return the sum of the cross-entropies of all supervised tokens, in nats
     */
    public double accumulate(List<TokenSequence> sequences, long seed, List<Tensor> gradients) {
        try (Arena step = arena.child()) {
            List<Object> arguments = supervised(step, sequences);
            arguments.addAll(List.of(step.scalar(seed), weights, adapter, gradients));
            return script.call(step, "accumulate", arguments.toArray()).get(0).item();
        }
    }

    /**
     * One AdamW step (beta1 0.9, beta2 0.999, epsilon 1e-8, decoupled weight decay), then zeroes the gradients.
     *
     * @param tokens what the gradients are divided by: the supervised tokens they were summed over
     * @param maxNorm gradients are scaled down to this L2 norm; 0 for never
     * @return the L2 norm of all gradients before clipping
     */
    public double update(AdamState state, long tokens, double learningRate, double maxNorm, double weightDecay) {
        try (Arena step = arena.child()) {
            return script.call(
                            step,
                            "update",
                            trained,
                            state.gradients(),
                            state.expAvg(),
                            state.expAvgSq(),
                            state.steps(),
                            step.scalar((double) tokens),
                            step.scalar(learningRate),
                            step.scalar(maxNorm),
                            step.scalar(weightDecay))
                    .get(0)
                    .item();
        }
    }

    /**
     * Continues prompts greedily.
     *
     * @param limit most tokens of a continuation, at least 1
     * @param stop ends a continuation, and is not part of it
     */
    public List<int[]> generate(List<int[]> prompts, int limit, int stop) {
        Documents layout = Documents.of(prompts);
        List<int[]> answers = new ArrayList<>();
        try (Arena step = arena.child()) {
            long[] last = new long[prompts.size()];
            long[] lengths = new long[prompts.size()];
            for (int d = 0; d < last.length; d++) {
                lengths[d] = prompts.get(d).length;
                last[d] = layout.row(d, prompts.get(d).length - 1);
            }
            List<Object> arguments = place(step, layout);
            arguments.addAll(List.of(
                    step.longs(last, last.length),
                    step.longs(lengths, lengths.length),
                    step.scalar((long) limit),
                    step.scalar((long) stop),
                    weights,
                    adapter));
            Tensor tokens = script.call(step, "generate", arguments.toArray()).get(0);
            long[] all = tokens.toLongs();
            int width = (int) tokens.shape()[1];
            for (int d = 0; d < last.length; d++) {
                answers.add(Arrays.stream(all, d * width, (d + 1) * width)
                        .mapToInt(Math::toIntExact)
                        .takeWhile(token -> token != stop)
                        .toArray());
            }
        }
        return answers;
    }

    /** Adds the adapter to the weights for good: {@code W += scale B A}. The adapter itself stays as it is. */
    public void merge() {
        try (Arena step = arena.child()) {
            script.call(step, "merge", weights, adapter);
        }
    }

    private static List<Object> place(Arena step, Documents layout) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(step.longs(layout.ids, layout.ids.length));
        arguments.add(step.longs(layout.positions, layout.positions.length));
        arguments.add(step.longs(layout.grid, layout.grid.length));
        arguments.add(step.longs(layout.cells, layout.cells.length));
        arguments.add(step.scalar((long) layout.longest));
        return arguments;
    }

    /** Row t - 1 predicts token t, so the last token of a sequence is a target and never an input. */
    private static List<Object> supervised(Arena step, List<TokenSequence> sequences) {
        Documents layout = Documents.of(sequences.stream()
                .map(s -> Arrays.copyOf(s.ids(), Math.max(1, s.length() - 1)))
                .toList());
        int count = sequences.stream().mapToInt(TokenSequence::supervisedCount).sum();
        long[] rows = new long[count];
        long[] targets = new long[count];
        int next = 0;
        for (int d = 0; d < sequences.size(); d++) {
            TokenSequence sequence = sequences.get(d);
            for (int t = sequence.supervised().nextSetBit(0);
                    t >= 0;
                    t = sequence.supervised().nextSetBit(t + 1)) {
                rows[next] = layout.row(d, t - 1);
                targets[next++] = sequence.ids()[t];
            }
        }
        List<Object> arguments = place(step, layout);
        arguments.add(step.longs(rows, count));
        arguments.add(step.longs(targets, count));
        return arguments;
    }
}
