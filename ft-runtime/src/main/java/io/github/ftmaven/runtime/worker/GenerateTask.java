package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.DequantizedBase;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.SlowPrecision;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code ft:generate}: the greedy continuation of one prompt, and on request the logits of the prompt. */
final class GenerateTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Map<String, String> parameters = request.parameters();
        String directory = required(parameters, "model");
        ModelDirectory model = ModelDirectory.open(
                Path.of(directory),
                parameters.getOrDefault("display", directory),
                Arrays.stream(parameters.getOrDefault("ignoreKeys", "").split(","))
                        .filter(key -> !key.isEmpty())
                        .toList());
        Torch torch = Torch.load(request.setting().device(), request.setting().threads());
        try (Tokenizer tokenizer = Tokenizer.load(
                        model.path(), model.architecture().dimensions().vocabSize());
                Arena arena = torch.arena()) {
            int[] prompt = tokenizer.encode(required(parameters, "prompt"), true);
            if (prompt.length == 0) {
                throw new InvalidInputException("ft.prompt: is empty, and this model's tokenizer does not put a"
                        + " token before a"
                        + " text. Write at least one character.");
            }
            PeftAdapter adapter = NamedAdapter.read(model.architecture(), request);
            DType type = adapter == null ? DType.F32 : adapter.precision();
            UsedPrecision.require(type, request.setting().device(), "the adapter");
            SlowPrecision.warn(type, arena, events);
            Decoder decoder = Decoder.of(
                    arena,
                    model.architecture(),
                    DequantizedBase.of(
                            arena,
                            model.architecture(),
                            BaseTensors.read(arena, model.architecture(), model.weights(), null, type),
                            arena.freeMemory()),
                    adapter == null ? null : LoraTensors.of(arena, adapter),
                    false);
            if (parameters.containsKey("logits")) {
                LogitsFile.write(
                        Path.of(required(parameters, "logits")),
                        decoder.logits(List.of(prompt)).get(0));
            }
            List<Integer> ends = model.endTokens();
            int limit = Integer.parseInt(required(parameters, "maxTokens"));
            int[] generated = decoder.generate(List.of(prompt), limit, ends.size() == 1 ? ends.get(0) : -1)
                    .get(0);
            int[] answer = Arrays.stream(generated)
                    .takeWhile(token -> !ends.contains(token))
                    .toArray();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("text", tokenizer.decode(answer, true));
            result.put("tokens", Arrays.stream(answer).boxed().toList());
            return result;
        }
    }

    private static String required(Map<String, String> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }
}
