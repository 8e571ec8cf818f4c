package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.delivery.DeliveredWeights;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.DType;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** An adapter that a service trained: verified against the spec and the base, then written as PEFT writes one. */
final class DeliveredAdapter {
    /** The bytes of a safetensors header and of rounding; the weights themselves take four bytes a value at most. */
    private static final long MORE = 16L << 20;

    private final Job job;
    private final LoraLayout wanted;

    DeliveredAdapter(Job job) {
        this.job = job;
        this.wanted = LoraLayout.declared(job.base().architecture(), job.spec().adapter());
    }

    /** The most bytes that the weights can have, in an archive or not. */
    long longest() {
        return wanted.parameters() * Float.BYTES + MORE;
    }

    /**
     * Verifies an adapter and writes it anew, as float32.
     *
     * @param from the directory with what the service gave
     * @param display its origin, for messages
     * @throws InvalidInputException if it does not fit the base, has numbers that are not finite, or is another than the
     *     spec declares
     */
    void convert(Path from, String display, Path to) throws IOException {
        PeftAdapter adapter = PeftAdapter.read(from, display, job.base().architecture());
        List<LoraModule> modules = adapter.layout().modules();
        DeliveredWeights.requireAsked(adapter.layout(), display, wanted);
        if (adapter.weights().values().stream().allMatch(DeliveredAdapter::isUntrained)) {
            throw new InvalidInputException(
                    display + ": all its B matrices are zero, so it changes nothing. The service trained nothing.");
        }
        PeftAdapter.write(
                to,
                new PeftConfig(
                        job.inputs().name(),
                        job.inputs().revision(),
                        wanted.selection(),
                        job.spec().adapter().lora().dropout(),
                        false),
                wanted,
                module -> Objects.requireNonNull(adapter.weights().get(found(modules, module))),
                DType.F32);
    }

    /** The module of the adapter, whose scale may differ in its last bits. */
    private static LoraModule found(List<LoraModule> modules, LoraModule wanted) {
        return modules.stream()
                .filter(each -> each.path().equals(wanted.path()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isUntrained(LoraWeights weights) {
        FloatBuffer b = weights.b();
        for (int i = b.position(); i < b.limit(); i++) {
            if (b.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
