package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Projection;
import java.util.List;

/**
 * What a training step keeps of a batch for its backward pass, operation by operation as {@code decoder.py} computes a
 * layer, and what it needs for a moment.
 */
final class ActivationBytes {
    /** As in {@code Decoder}: about how many logits are in memory at once. */
    private static final double LOGITS_AT_ONCE = 1 << 24;

    private final Architecture architecture;
    private final Held held;
    private final Trained trained;
    private final Batch batch;
    private final int type;
    private final double tokens;
    private final double hidden;
    private final double inner;

    ActivationBytes(Architecture architecture, Held held, Trained trained, Batch batch) {
        this.architecture = architecture;
        this.held = held;
        this.trained = trained;
        this.batch = batch;
        this.type = held.type().bytes();
        this.tokens = (double) batch.tokens();
        this.hidden = architecture.dimensions().hiddenSize();
        this.inner = architecture.dimensions().intermediateSize();
    }

    /** All layers, none of which is recomputed. */
    TensorTally ofAllLayers() {
        TensorTally tally = new TensorTally();
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            tally.add(ofLayer(layer), 1);
        }
        return tally;
    }

    /** The inputs of layers that are recomputed. */
    TensorTally inputs() {
        return new TensorTally().tensors(architecture.dimensions().layers(), tokens, hidden, type);
    }

    /** The largest layer. */
    TensorTally ofLargestLayer() {
        TensorTally largest = new TensorTally();
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            TensorTally each = ofLayer(layer);
            largest = each.bytes() > largest.bytes() ? each : largest;
        }
        return largest;
    }

    /** After its attention, the last layer computes only the tokens that are learnt. */
    private TensorTally ofLayer(int layer) {
        boolean isLast = layer == architecture.dimensions().layers() - 1;
        double rows = isLast ? (double) batch.learnt() : tokens;
        TensorTally tally = new TensorTally();
        norm(tokens, tally);
        products(
                trained.modules(layer, Projection.Q_PROJ, Projection.K_PROJ, Projection.V_PROJ, Projection.QKV_PROJ),
                tokens,
                hidden,
                tally);
        new AttentionBytes(architecture, held, batch).tally(layer, tally);
        // The input of this product was counted as the result of attention.
        products(trained.modules(layer, Projection.O_PROJ), rows, 0, tally);
        norm(rows, tally);
        products(
                trained.modules(layer, Projection.GATE_PROJ, Projection.UP_PROJ, Projection.GATE_UP_PROJ),
                rows,
                hidden,
                tally);
        tally.tensor(rows, 2 * inner, type).tensor(rows, inner, type);
        products(trained.modules(layer, Projection.DOWN_PROJ), rows, inner, tally);
        if (architecture.norm().sandwich()) {
            norm(rows, tally);
            norm(rows, tally);
        }
        weights(tally);
        return tally;
    }

    /** Its input, in bfloat16 as it was cast to float32; if norms are trained, the scaled input too. */
    private void norm(double rows, TensorTally tally) {
        tally.tensor(rows, hidden, 4);
        if (trained.isFull()) {
            tally.tensor(rows, hidden, type);
        }
    }

    /** What linear layers of one input keep: it, if something is trained, and what an adapter made of it. */
    private void products(List<LoraModule> adapted, double rows, double input, TensorTally tally) {
        if (trained.isFull() || !adapted.isEmpty()) {
            tally.tensor(rows, input, type);
        }
        if (trained.folds(held)) {
            return;
        }
        boolean hasMagnitudes = trained.lora() != null && trained.lora().dora();
        for (LoraModule module : adapted) {
            tally.tensor(rows, module.rank(), type);
            if (trained.dropout() > 0) {
                tally.tensors(2, rows, module.in(), type);
            }
            if (hasMagnitudes) {
                tally.tensors(3, rows, module.out(), 4);
            }
        }
    }

    /**
     * Weights that a backward pass needs as numbers: dequantized, or with the adapter added. Dequantizing frees larger
     * tensors than it leaves.
     */
    private void weights(TensorTally tally) {
        boolean folds = trained.folds(held);
        boolean hasMagnitudes = trained.lora() != null && trained.lora().dora();
        if (held.isQuantized() || folds) {
            for (Projection projection : Projection.of(architecture)) {
                int count = folds && hasMagnitudes ? 2 : 1;
                int in = projection.in(architecture);
                int out = projection.out(architecture);
                if (held.isQuantized()) {
                    tally.filling(count, in, out, type);
                } else {
                    tally.tensors(count, in, out, type);
                }
            }
        }
    }

    /** What the backward pass of a layer takes beside what was kept: gradients of what the layer computed. */
    TensorTally momentOfLayer() {
        TensorTally tally = new TensorTally();
        tally.tensors(3, tokens, inner, type).tensor(tokens, 2 * inner, type);
        tally.tensors(4, tokens, hidden, type);
        tally.tensor(1, new AttentionBytes(architecture, held, batch).momentOfBlock(batch.sequences()), 1);
        if (held.isQuantized()) {
            tally.tensors(3, 1, (double) WeightBytes.of(architecture, held).largestLinear(), 4);
        }
        return tally;
    }

    /**
     * What the loss takes: logits, their softmax and its gradient for a part of the tokens. In bfloat16 it is computed by
     * hand, with the logits, the softmax and its rounded gradient.
     */
    TensorTally momentOfLoss() {
        double vocabulary = architecture.dimensions().vocabSize();
        double rows = Math.max(1, Math.min((double) batch.learnt(), Math.floor(LOGITS_AT_ONCE / vocabulary) + 1));
        int capped = architecture.embedding().logitCap() > 0 ? 2 : 0;
        TensorTally tally = new TensorTally().tensors(2 + capped, rows, vocabulary, 4);
        return tally.tensor(rows, vocabulary, type);
    }
}
