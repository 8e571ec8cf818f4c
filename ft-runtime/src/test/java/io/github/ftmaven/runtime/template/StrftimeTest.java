package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.EveryLocale;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Dates against what Python wrote, by {@code tools/golden_strftime.py}. */
@EveryLocale
class StrftimeTest {
    @Test
    void isThatOfPythonOnLinux() throws IOException {
        JsonNode golden = golden();
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> format : golden.path("formats").properties()) {
            for (int i = 0; i < golden.path("moments").size(); i++) {
                String moment = golden.path("moments").path(i).textValue();
                String found = at(moment, format.getKey());
                String expected = format.getValue().path(i).textValue();
                if (!found.equals(expected)) {
                    differences.add(format.getKey() + " of " + moment + ": '" + found + "', not '" + expected + "'");
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void aHugeWidthTakesNoMemory() {
        assertThat(at("2024-12-30T00:00:00", "%99999999999999999999d")).isEmpty();
    }

    private static String at(String moment, String format) {
        return Strftime.format(LocalDateTime.parse(moment).atZone(ZoneOffset.UTC), format);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(StrftimeTest.class.getResourceAsStream("/templates/strftime.json"))) {
            return new JsonMapper().readTree(in);
        }
    }
}
