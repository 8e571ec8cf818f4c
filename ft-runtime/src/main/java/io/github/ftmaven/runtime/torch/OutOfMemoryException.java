package io.github.ftmaven.runtime.torch;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device has not enough memory for a tensor. What was computed before is lost; tensors that existed still do. */
public final class OutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern ON_CPU = Pattern.compile(
            "DefaultCPUAllocator: (?:can't allocate memory: you tried to allocate ([0-9]+) bytes|not enough"
                    + " memory: you tried to allocate ([0-9]+) bytes)");
    private static final Pattern ON_GPU = Pattern.compile("CUDA out of memory\\. Tried to allocate ([0-9.]+ [KMGT]iB)");
    private static final double GIB = 1 << 30;

    /** Creates it with a clause about what could not be allocated. */
    public OutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Tells this error from others of libtorch, which have the same class; returns what to throw. */
    static RuntimeException of(EngineException e) {
        String message = String.valueOf(e.getMessage());
        Matcher gpu = ON_GPU.matcher(message);
        if (gpu.find()) {
            return new OutOfMemoryException("the GPU has no memory for " + gpu.group(1) + " more", e);
        }
        Matcher cpu = ON_CPU.matcher(message);
        if (cpu.find()) {
            double bytes = Double.parseDouble(cpu.group(1) == null ? cpu.group(2) : cpu.group(1));
            return new OutOfMemoryException(
                    String.format(Locale.ROOT, "this machine has no memory for %,.2f GiB more", bytes / GIB), e);
        }
        return e;
    }
}
