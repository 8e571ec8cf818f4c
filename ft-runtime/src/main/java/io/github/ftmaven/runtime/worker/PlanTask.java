package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.decoder.ProductRates;
import io.github.ftmaven.runtime.hardware.Bfloat16;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** {@code ft:plan}: what the machine has and how fast it is, measured within seconds. Reads no model. */
final class PlanTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) {
        int rows = number(request, "rows");
        int in = number(request, "in");
        int out = number(request, "out");
        Torch torch = Torch.load(request.setting().device(), request.setting().threads());
        try (Arena arena = torch.arena()) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("room", Room.of(arena));
            found.put("float32", ProductRates.operations(arena, rows, in, out, DType.F32));
            boolean half = arena.isOnGpu() ? Bfloat16.gpuWithout().isEmpty() : Bfloat16.isOnCpu();
            found.put("hasBfloat16", half);
            found.put("bfloat16", ProductRates.operations(arena, rows, in, out, DType.BF16));
            found.put("bytes", ProductRates.bytes(arena));
            return found;
        }
    }

    private static int number(WorkRequest request, String name) {
        return Integer.parseInt(Objects.requireNonNull(request.parameters().get(name), name));
    }
}
