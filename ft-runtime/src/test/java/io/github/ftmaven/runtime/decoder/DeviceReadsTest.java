package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A GPU runs behind the program that feeds it, until the program asks for a value. A step of a training asks once, for its
 * loss and norm together.
 */
class DeviceReadsTest {
    private static final Path SCRIPTS = Path.of("src/main/torchscript");
    private static final Pattern METHOD = Pattern.compile("  def (\\w+)\\(.*");

    /** What makes TorchScript wait for a device, or move the values of a list there. */
    private static final Pattern WAIT = Pattern.compile(
            "\\b(int|bool)\\(|\\bfloat\\((?!\")|\\.(cpu|item|tolist|numpy)\\(|torch\\.(tensor|nonzero|equal|unique|masked_select)\\(");

    @Test
    void theModelAsksTheDeviceNowhereElse() throws IOException {
        Map<String, Integer> waits = new TreeMap<>();
        for (String script : Set.of(
                "decoder.py", "attention.py", "decoding.py", "offloading.py", "optimizer.py", "dequantization.py")) {
            String method = "";
            for (String line : Files.readAllLines(SCRIPTS.resolve(script))) {
                Matcher start = METHOD.matcher(line);
                method = start.matches() ? start.group(1) : method;
                Matcher wait = WAIT.matcher(line.replaceFirst("#.*", ""));
                while (wait.find()) {
                    waits.merge(method, 1, Integer::sum);
                }
            }
        }
        assertThat(waits)
                .containsOnly(
                        entry("frequency", 1), // once for a model
                        entry("table", 2), // once for a model
                        entry("generate", 2), // whether all answers have ended
                        entry("update_adafactor", 4)); // the step, then all norms at once
    }

    @Test
    void aStepReadsOneTensor() {
        Set<String> readers = new TreeSet<>();
        for (JavaClass room : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.ftmaven.runtime.decoder", "io.github.ftmaven.runtime.training")) {
            for (JavaMethodCall call : room.getMethodCallsFromSelf()) {
                if (call.getTargetOwner().isEquivalentTo(Tensor.class)
                        && call.getName().matches("to[A-Z]\\w+|item")) {
                    readers.add(room.getSimpleName() + "." + call.getOrigin().getName());
                }
            }
        }
        assertThat(readers).contains("Decoder.update").doesNotContain("Decoder.accumulate", "Trainer.run");
        assertThat(readers.stream().filter(reader -> reader.startsWith("Trainer")))
                .isEmpty();
    }
}
