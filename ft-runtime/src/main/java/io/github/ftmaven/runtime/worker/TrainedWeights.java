package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a training in native memory.
 *
 * @param lora the adapter; null where every weight of the base is trained
 */
record TrainedWeights(BaseTensors base, @Nullable LoraTensors lora) {
    /** Loads the base and the adapter that training starts with, to compute in a type. */
    static TrainedWeights load(Job job, Arena arena, DType type, Offload offload) throws IOException {
        BaseTensors base = job.weights(arena, type, offload);
        return new TrainedWeights(base, job.spec().adapter().method() == Method.FULL ? null : lora(job, arena, base));
    }

    private static LoraTensors lora(Job job, Arena arena, BaseTensors base) throws IOException {
        AdapterSpec adapter = job.spec().adapter();
        if (adapter.startFrom() != null) {
            return StartAdapter.load(job, arena, base.type());
        }
        Decoder plain = Decoder.of(arena, job.base().architecture(), base, null, false);
        return LoraTensors.initialize(
                arena,
                LoraLayout.declared(job.base().architecture(), adapter),
                adapter.lora().dropout(),
                job.spec().training().seed(),
                plain::rowLengths);
    }

    /**
     * The decoder to train.
     *
     * @param recompute whether layers are recomputed, as planned
     */
    Decoder decoder(Job job, Arena arena, boolean recompute) {
        return Decoder.of(
                arena,
                job.base().architecture(),
                base,
                lora,
                recompute,
                job.spec().training().arithmetic().deterministic());
    }

    /** The head is frozen, so it cannot learn to distinguish the end token from tokens with almost the same row. */
    void warnOfLookAlikes(Job job, Arena arena, int endToken, Events events) {
        if (lora == null) {
            return;
        }
        List<Tensor> weights = base.tensors();
        Tensor head = weights.get(job.base().architecture().embedding().tied() ? 0 : weights.size() - 1);
        int count = BaseTensors.lookAlikes(arena, head, endToken);
        if (count > 0) {
            events.warn("The end token (id " + endToken + ") looks almost like " + Counted.of(count, "other token")
                    + " to this"
                    + " base model, which has rarely seen it, so answers may not end. Name a token that the model knows in"
                    + " dataset.endToken, such as its start token.");
        }
    }
}
