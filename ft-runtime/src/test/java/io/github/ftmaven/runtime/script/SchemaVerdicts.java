package io.github.ftmaven.runtime.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.time.Duration;

/**
 * The sandbox's side of {@code tools/check_json_schema.mjs}: a line for every test of the files of the JSON-Schema-Test-Suite
 * that are named: {@code true}, {@code false}, or what is wrong with the schema.
 */
public final class SchemaVerdicts {
    private SchemaVerdicts() {}

    /** Prints the verdicts. */
    public static void main(String[] files) throws IOException {
        JsonMapper json = new JsonMapper();
        try (JavaScript scripts = new JavaScript(Duration.ofSeconds(60))) {
            for (String file : files) {
                for (JsonNode group : json.readTree(new File(file))) {
                    ObjectNode schema = json.createObjectNode();
                    schema.set("schema", group.path("schema"));
                    for (JsonNode test : group.path("tests")) {
                        String verdict;
                        try {
                            verdict = scripts.call("schema", schema, test.path("data"))
                                    .path("valid")
                                    .asText();
                        } catch (ScriptException e) {
                            verdict = "error: " + e.getMessage();
                        }
                        System.out.println(json.writeValueAsString(verdict));
                    }
                }
            }
        }
    }
}
