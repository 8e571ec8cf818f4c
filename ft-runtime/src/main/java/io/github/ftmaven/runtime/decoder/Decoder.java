package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.DecoderScript.Modes;
import io.github.ftmaven.runtime.memory.EvaluationMemory;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A decoder with its weights and an optional adapter: the Java side of {@code decoder.py}. Not thread-safe. */
public final class Decoder {
    /** 64 MiB of float32; the loss needs up to six times as much for a moment. */
    private static final int LOGITS_AT_ONCE = 1 << 24;

    private final Arena arena;
    private final Script script;
    private final String attention;
    private final int layers;
    private final long cacheBytes;
    private final int near;
    private final List<Tensor> weights;
    private final List<Tensor> adapter;
    private final List<Tensor> trained;

    private Decoder(
            Arena arena,
            Script script,
            String attention,
            Architecture architecture,
            BaseTensors base,
            List<Tensor> adapter) {
        this.arena = arena;
        this.script = script;
        this.attention = attention;
        this.layers = architecture.dimensions().layers();
        this.cacheBytes = EvaluationMemory.cacheOfToken(architecture, base.type());
        this.near = architecture.rope().near();
        this.weights = base.tensors();
        this.adapter = adapter;
        // No adapter is one empty tensor.
        this.trained = adapter.get(0).shape()[0] == 0 ? base.tensors() : adapter;
    }

    /**
     * Creates a decoder.
     *
     * @param arena owns the program; the decoder may be used until it closes
     * @param base quantized weights stay quantized: each is dequantized for each use
     * @param adapter null for the base alone, which is then trained itself
     * @param recompute whether training keeps only the inputs of layers and recomputes each layer; always if layers stay
     *     in host memory
     */
    public static Decoder of(
            Arena arena,
            Architecture architecture,
            BaseTensors base,
            @Nullable LoraTensors adapter,
            boolean recompute) {
        return of(arena, architecture, base, adapter, recompute, false);
    }

    /**
     * The same.
     *
     * @param deterministic whether a GPU uses only kernels that repeat to the bit; a CPU always does
     */
    public static Decoder of(
            Arena arena,
            Architecture architecture,
            BaseTensors base,
            @Nullable LoraTensors adapter,
            boolean recompute,
            boolean deterministic) {
        return of(arena, architecture, base, adapter, new Modes(recompute, deterministic, LOGITS_AT_ONCE));
    }

    static Decoder of(
            Arena arena, Architecture architecture, BaseTensors base, @Nullable LoraTensors adapter, Modes modes) {
        Supplier<Script> program = () -> DecoderScript.load(arena, architecture, base, adapter, modes);
        Script script = program.get();
        String attention = arena.isOnGpu()
                ? AttentionKernel.choose(arena, script, program, architecture, base.type(), modes.deterministic())
                : "";
        List<Tensor> pairs = adapter == null ? List.of(arena.zeros(0)) : adapter.tensors();
        return new Decoder(arena, script, attention, architecture, base, pairs);
    }

    /** A sentence on how a GPU computes attention; empty on a CPU. */
    public String attention() {
        return attention;
    }

    /** The memory that the keys and values of a token take while answers are generated, in bytes. */
    public long cacheBytes() {
        return cacheBytes;
    }

    /** How often a layer was brought to the device, where layers stay in host memory. */
    long broughtLayers() {
        return script.set("count");
    }

    /** The tensors that training changes: the adapter's, or without an adapter the base's. */
    public List<Tensor> trained() {
        return trained;
    }

    /**
     * The logits at every position of every document.
     *
     * @return for each document its logits, one row of the vocabulary's size per token
     */
    public List<float[][]> logits(List<int[]> documents) {
        Documents layout = Documents.of(documents, near);
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
            arguments.add(step.longs(wanted, wanted.length));
            Tensor logits = call(step, "logits", arguments).get(0);
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

    /**
     * The hidden states of a document, as with {@code output_hidden_states} in transformers: the input of each layer,
     * and the last layer's output after the final norm.
     *
     * @return for each state one row of the hidden size per token
     */
    public List<float[][]> hiddenStates(int[] document) {
        Documents layout = Documents.of(List.of(document), near);
        try (Arena step = arena.child()) {
            long[] rows = new long[document.length];
            for (int t = 0; t < rows.length; t++) {
                rows[t] = layout.row(0, t);
            }
            List<Object> arguments = place(step, layout);
            arguments.add(step.longs(rows, rows.length));
            Tensor states = call(step, "hidden", arguments).get(0);
            float[] all = states.toFloats();
            int width = (int) states.shape()[2];
            List<float[][]> result = new ArrayList<>();
            for (int next = 0; next < all.length; ) {
                float[][] own = new float[rows.length][];
                for (int t = 0; t < rows.length; t++, next += width) {
                    own[t] = Arrays.copyOfRange(all, next, next + width);
                }
                result.add(own);
            }
            return result;
        }
    }

    /** The sum of the cross-entropies of all supervised tokens, in nats. */
    public double loss(List<TokenSequence> sequences) {
        try (Arena step = arena.child()) {
            return call(step, "loss", supervised(step, sequences)).get(0).item();
        }
    }

    /**
     * Adds the gradients of the loss, and the loss, to those of the state. The loss is the sum of the cross-entropies of
     * all supervised tokens, in nats. Does not wait for the device.
     *
     * @param seed of the dropout masks
     * @param pass numbers the calls of a training: each number draws different masks
     * @param state of the tensors in {@link #trained()}
     */
    public void accumulate(List<TokenSequence> sequences, long seed, long pass, OptimizerState state) {
        try (Arena step = arena.child()) {
            Supervised batch = Supervised.of(sequences, near);
            Documents layout = batch.layout;
            script.set("prepare", layout.groups, Seeds.forMasks(seed, pass, DecoderScript.ADAPTABLE * layers));
            script.differentiate(
                    step,
                    "accumulate",
                    step.longs(layout.ids, layout.ids.length),
                    step.longs(layout.positions, layout.positions.length),
                    step.longs(batch.rows, batch.rows.length),
                    step.longs(batch.targets, batch.targets.length),
                    weights,
                    adapter,
                    state.gradients(),
                    state.loss());
        }
    }

    /**
     * Adds gradients and a loss that another decoder accumulated, as {@link #accumulate} adds its own.
     *
     * @param computed one for each tensor in {@link #trained()}
     */
    public void add(List<Tensor> computed, double loss, OptimizerState state) {
        try (Arena step = arena.child()) {
            script.call(step, "add", state.gradients(), state.loss(), computed, loss);
        }
    }

    /**
     * One step of the state's optimizer, then zeroes the gradients: AdamW (beta1 0.9, beta2 0.999, epsilon 1e-8) or
     * Adafactor as in {@code torch.optim}, both with decoupled weight decay.
     *
     * @param tokens the number of supervised tokens that the gradients were summed over and are divided by
     * @param maxNorm gradients are clipped to this L2 norm; 0 turns clipping off
     * @return what the state knows of the step; the only call of a step that waits for the device
     */
    public OptimizerStep update(
            OptimizerState state, long tokens, double learningRate, double maxNorm, double weightDecay) {
        try (Arena step = arena.child()) {
            double[] report = script.call(
                            step,
                            state.factored() ? "update_adafactor" : "update",
                            trained,
                            state.gradients(),
                            state.first(),
                            state.second(),
                            state.steps(),
                            state.loss(),
                            rounded((double) tokens),
                            rounded(learningRate),
                            rounded(maxNorm),
                            rounded(weightDecay))
                    .get(0)
                    .toDoubles();
            return new OptimizerStep(report[0], report[1]);
        }
    }

    /** Forgets what was accumulated since the last step, after a lack of memory, and empties the device's cache. */
    public void forget(OptimizerState state) {
        reset(state);
        arena.emptyCache();
    }

    /** Forgets what was accumulated since the last step. */
    public void reset(OptimizerState state) {
        try (Arena step = arena.child()) {
            script.call(step, "forget", state.gradients(), state.loss());
        }
    }

    /** Forgets all that the state has gathered: the next step is the first one. */
    public void restart(OptimizerState state) {
        try (Arena step = arena.child()) {
            for (List<Tensor> each : List.of(state.gradients(), state.first(), state.second(), state.steps())) {
                script.call(step, "forget", each, state.loss());
            }
        }
    }

    /** Optimizers compute in float32, on a GPU as on a CPU. */
    private static double rounded(double value) {
        return (float) value;
    }

    /**
     * Continues prompts greedily.
     *
     * @param limit the most tokens of a continuation, at least 1
     * @param stop the token that ends a continuation, and is not part of it
     */
    public List<int[]> generate(List<int[]> prompts, int limit, int stop) {
        return new GreedySearch(this, limit, stop).continuations(prompts);
    }

    /** The keys and values of the common prefix of several documents; one empty tensor if there is none. */
    List<Tensor> begin(Arena step, int[] beginning, int border) {
        if (beginning.length == 0) {
            return List.of(step.zeros(0));
        }
        return call(step, "begin", place(step, Documents.together(List.of(beginning), 0, border)));
    }

    /** Continues a prompt greedily, to at most {@code limit} tokens, one at a time. */
    public Continuation open(int[] prompt, int limit) {
        return new Continuation(this, prompt, limit);
    }

    /**
     * Reads a prompt: returns its cache, with room for {@code limit} more tokens, and the first of these tokens last.
     */
    List<Tensor> read(Arena results, Documents layout, int last, int limit) {
        try (Arena step = arena.child()) {
            List<Object> arguments = place(step, layout);
            arguments.add(step.longs(new long[] {layout.row(0, last)}, 1));
            arguments.add(limit);
            return call(results, "open", arguments);
        }
    }

    /** The token after token number {@code s} of the continuation of a prompt of {@code length} tokens. */
    int advance(Documents layout, int length, int token, int s, List<Tensor> cache) {
        try (Arena step = arena.child()) {
            Tensor next = script.call(
                            step,
                            "advance",
                            step.longs(new long[] {token}, 1),
                            s,
                            layout.groups,
                            step.longs(new long[] {length}, 1),
                            cache,
                            weights,
                            adapter)
                    .get(0);
            return Math.toIntExact(next.toLongs()[0]);
        }
    }

    /** Computes into a new arena, which closes with the decoder's. */
    Arena arena() {
        return arena.child();
    }

    /** Documents up to this length rotate positions in one way, longer ones in another. */
    int near() {
        return near;
    }

    /** Dequantizes a matrix, {@code [rows, columns]} row by row; the values are rounded to a type. */
    float[] dequantize(Tensor bytes, Format format, int rows, int columns, DType type) {
        try (Arena step = arena.child()) {
            return script.call(step, "dequantize", bytes, format.code(), rows, columns, Conversion.code(type))
                    .get(0)
                    .toFloats();
        }
    }

    /** The L2 length of each row of the weight of a linear layer of the base. */
    public float[] rowLengths(LoraModule module) {
        try (Arena step = arena.child()) {
            return script.call(
                            step,
                            "row_lengths",
                            module.layer(),
                            module.projection().slot(),
                            weights)
                    .get(0)
                    .toFloats();
        }
    }

    /** The weight of a linear layer of the base, {@code [out, in]} row by row; dequantized if necessary. */
    float[] weight(LoraModule module) {
        try (Arena step = arena.child()) {
            return script.call(
                            step,
                            "weight_of",
                            module.layer(),
                            module.projection().slot(),
                            weights)
                    .get(0)
                    .toFloats();
        }
    }

    /**
     * Merges the adapter into the weights permanently: {@code W += scale B A}. The adapter itself stays unchanged.
     * Only {@linkplain BaseTensors#isMergeable() some weights} support this.
     */
    public void merge() {
        try (Arena step = arena.child()) {
            script.call(step, "merge", weights, adapter);
        }
    }

    /** Calls a method that takes the weights and the adapter as its last arguments. */
    List<Tensor> call(Arena results, String method, List<Object> arguments) {
        arguments.addAll(List.of(weights, adapter));
        return script.call(results, method, arguments.toArray());
    }

    /** The first arguments of a method that reads documents. */
    static List<Object> place(Arena step, Documents layout) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(step.longs(layout.ids, layout.ids.length));
        arguments.add(step.longs(layout.positions, layout.positions.length));
        arguments.add(layout.groups);
        return arguments;
    }

    /** The first arguments of a method that predicts the supervised tokens of documents. */
    List<Object> supervised(Arena step, List<TokenSequence> sequences) {
        Supervised supervised = Supervised.of(sequences, near);
        List<Object> arguments = place(step, supervised.layout);
        arguments.add(step.longs(supervised.rows, supervised.rows.length));
        arguments.add(step.longs(supervised.targets, supervised.targets.length));
        return arguments;
    }
}
