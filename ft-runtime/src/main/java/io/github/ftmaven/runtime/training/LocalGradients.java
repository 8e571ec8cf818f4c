package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import java.util.List;

/** Computes one micro-batch after the other, in this process. */
final class LocalGradients implements Gradients {
    @Override
    public void add(Decoder decoder, List<MicroBatch> microBatches, long seed, OptimizerState state) {
        for (MicroBatch each : microBatches) {
            decoder.accumulate(each.sequences(), seed, each.pass(), state);
        }
    }
}
