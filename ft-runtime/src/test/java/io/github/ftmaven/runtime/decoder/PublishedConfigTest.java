package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The configurations of published checkpoints, as they are and as versions of transformers save them, against
 * transformers: {@code tools/golden_configs.py} wrote them and the logits.
 */
class PublishedConfigTest {
    private static final Path DIRECTORY = TestModels.resource("/models/configs");
    private static final JsonMapper JSON = new JsonMapper();

    /** What architectures compute, which many files describe in their own way. */
    private static final Map<Architecture, List<float[]>> COMPUTED = new HashMap<>();

    private final Arena arena = Torch.load("cpu", 1).arena();

    @TempDir
    Path model;

    @AfterEach
    void free() {
        arena.close();
    }

    static Stream<Arguments> configurations() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                JSON.readTree(DIRECTORY.resolve("configs.json").toFile()).properties()) {
            JsonNode published = entry.getValue().path("published");
            all.add(Arguments.of(entry.getKey(), "published", published));
            for (Map.Entry<String, JsonNode> saved :
                    entry.getValue().path("saved").properties()) {
                ObjectNode config = published.deepCopy();
                saved.getValue().path("removed").forEach(key -> config.remove(key.asText()));
                config.setAll((ObjectNode) saved.getValue().path("changed"));
                all.add(Arguments.of(entry.getKey(), "saved by " + saved.getKey(), config));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("configurations")
    void logits(String name, String form, JsonNode config) throws IOException {
        Files.writeString(model.resolve("config.json"), config.toString());
        Architecture architecture = ArchitectureReader.read(model.resolve("config.json"), "config.json");
        float[] expected = new Golden(DIRECTORY, "logits.safetensors").floats(name);
        List<float[]> actual = COMPUTED.computeIfAbsent(architecture, this::compute);
        int next = 0;
        double largest = 0;
        for (float[] row : actual) {
            for (float value : row) {
                assertThat(value).isCloseTo(expected[next], within(1e-4f));
                largest = Math.max(largest, Math.abs(value - expected[next++]));
            }
        }
        assertThat(next).isEqualTo(expected.length);
        System.out.printf(Locale.ROOT, "%s, %s: largest difference %.1e%n", name, form, largest);
    }

    private List<float[]> compute(Architecture architecture) {
        Decoder decoder = decoder(architecture);
        float[][] all = decoder.logits(List.of(document(40))).get(0);
        float[][] few = decoder.logits(List.of(document(6))).get(0);
        return List.of(all[11], all[39], few[5]);
    }

    private Decoder decoder(Architecture architecture) {
        Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
        WeightLayout layout = WeightLayout.of(architecture);
        String prefix = architecture.family().equals("gemma3") ? "language_model." : "";
        boolean gemma = architecture.family().startsWith("gemma");
        for (String name : layout.names()) {
            List<Long> shape = layout.shape(name);
            tensors.put(
                    prefix + name, new SafetensorsWriter.Tensor(DType.F32, shape, () -> weights(name, shape, gemma)));
        }
        try {
            SafetensorsWriter.write(model.resolve("model.safetensors"), tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ModelDirectory directory = new ModelDirectory(model, "model", architecture);
        return Decoder.of(arena, architecture, BaseTensors.read(arena, architecture, directory.weights()), null, false);
    }

    private static int[] document(int length) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) {
            ids[i] = 3 + 37 * i % 90;
        }
        return ids;
    }

    /** As {@code weights} of the script: numbers that follow from the name. */
    private static ByteBuffer weights(String name, List<Long> shape, boolean gemma) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int size = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < size; i++) {
            long x = (i * 2_654_435_761L + crc.getValue()) & 0xFFFF_FFFFL;
            for (int round = 0; round < 2; round++) {
                x = (x ^ (x >>> 16)) * 0x45D9F3B & 0xFFFF_FFFFL;
            }
            double u = (x ^ (x >>> 16)) / 0x1p32 - 0.5;
            bytes.putFloat((float) (name.contains("norm") ? gemma ? u : u + 1 : name.endsWith(".bias") ? u : u * 0.7));
        }
        return bytes.flip();
    }
}
