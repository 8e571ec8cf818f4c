package io.github.ftmaven.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Small documents as js-yaml 5.4.1 reads them with promptfoo's tags (tools/golden_yaml.mjs). */
class YamlGoldenTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** A date is the text it is, bytes, pairs and two escapes are refused, and a tab may begin a line in brackets. */
    private static final Set<String> ON_PURPOSE = Set.of(
            "2024-01-01",
            "2024-01-01T00:00:00Z",
            "!!timestamp 2024-01-01",
            "!!binary aGVsbG8=",
            "!!pairs [a: 1, a: 2]",
            "\"\\N\\L\\P\"",
            "a: [\n\tb]");

    @Test
    void readsWhatJsYamlReads() throws Exception {
        List<String> differences = new ArrayList<>();
        for (JsonNode each :
                JSON.readTree(Path.of("src/test/resources/yaml/js-yaml.json").toFile())) {
            String yaml = each.path("yaml").textValue();
            JsonNode found = null;
            try {
                found = YamlTree.read(yaml.getBytes(StandardCharsets.UTF_8), "t")
                        .root();
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("t:");
            }
            String value = each.path("value").asText("refused");
            boolean same = value.equals("refused")
                    ? found == null
                    : found != null && same(JSON.readTree(value.equals("undefined") ? "null" : value), found);
            if (!same && !ON_PURPOSE.contains(yaml)) {
                differences.add(JSON.writeValueAsString(yaml) + ": js-yaml " + value + ", here " + found);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static boolean same(JsonNode expected, JsonNode found) {
        if (found.isNumber()) {
            double number = found.doubleValue();
            return Double.isFinite(number)
                    ? expected.isNumber() && expected.doubleValue() == number
                    : expected.asText().equals("num:" + number);
        }
        if (!found.isContainerNode() || found.size() != expected.size() || found.isArray() != expected.isArray()) {
            return found.equals(expected);
        }
        for (int i = 0; i < found.size(); i++) {
            if (found.isArray() && !same(expected.get(i), found.get(i))) {
                return false;
            }
        }
        return found.properties().stream()
                .allMatch(each -> expected.has(each.getKey()) && same(expected.get(each.getKey()), each.getValue()));
    }
}
