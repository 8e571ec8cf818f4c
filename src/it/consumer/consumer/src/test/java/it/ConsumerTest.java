package it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.inference.FineTunedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerTest {
    private static final Path BASE = Path.of("../adapter/src/main/ft/model");

    @Test
    void answersWithTheAdapterOnItsClassPath() {
        try (FineTunedModel model = FineTunedModel.fromClasspath("it:adapter", BASE)) {
            StringBuilder streamed = new StringBuilder();
            assertEquals(model.generate("red 3"), model.stream("red 3", streamed::append));
            assertEquals(model.generate("red 3").text(), streamed.toString());

            Map<String, Double> kinds = model.classify("red 3", List.of("cold", "warm"));
            assertEquals(1, kinds.get("cold") + kinds.get("warm"), 1e-12);
        }
    }

    @Test
    void isToldWhichAdaptersThereAre() {
        InvalidInputException missing = assertThrows(
                InvalidInputException.class, () -> FineTunedModel.fromClasspath("it:adaptor", BASE));
        assertTrue(missing.getMessage().contains("Did you mean 'it:adapter'?"), missing.getMessage());
    }
}
