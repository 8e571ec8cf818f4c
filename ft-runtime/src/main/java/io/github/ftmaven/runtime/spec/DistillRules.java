package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks the keys of {@code distill} against each other. */
final class DistillRules {
    private static final String SECTION = "distill";
    private static final String OUTPUT = SECTION + ".output";
    private static final String MOST = SECTION + ".maxPrice";
    private static final String TEACHER = SECTION + ".teacher";
    private static final String PARAMETERS = TEACHER + ".parameters";
    private static final String LIMIT = "max_tokens";
    private static final String OTHER_LIMIT = "max_completion_tokens";

    /** Keys of a request that the goal sets itself. */
    private static final List<String> OWN = List.of("model", "messages", "tools", "stream", "n", "temperature");

    private final SpecKeys keys;

    DistillRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        if (!keys.at(SECTION).isObject()) {
            return;
        }
        outputIsJsonLines();
        new ServerRules(TEACHER, keys).check();
        parametersLeaveTheRestAlone();
        spendingIsBounded();
    }

    private void outputIsJsonLines() {
        String output = keys.at(OUTPUT).asText(".jsonl");
        if (!output.endsWith(".jsonl")) {
            keys.refuse(OUTPUT, OUTPUT + " is '" + output + "', but its rows are JSON lines; let it end with .jsonl");
        }
    }

    private void spendingIsBounded() {
        boolean price = keys.at(SECTION + ".price").isObject();
        boolean most = keys.at(MOST).isNumber();
        if (most && !price) {
            keys.refuse(MOST, MOST + " needs the teacher's price; set distill.price, or use maxRequests");
        } else if (!most && !keys.at(SECTION + ".maxRequests").isNumber()) {
            keys.refuseKey(
                    SECTION,
                    SECTION + " has no bound; set " + (price ? "maxPrice" : "price and maxPrice")
                            + ", or maxRequests for a server that costs nothing");
        }
    }

    private void parametersLeaveTheRestAlone() {
        JsonNode parameters = keys.at(PARAMETERS);
        for (String key : OWN) {
            boolean removed = key.equals("temperature") && parameters.path(key).isNull();
            if (parameters.has(key) && !removed) {
                keys.refuse(PARAMETERS, PARAMETERS + " has " + key + ", which ft:distill sets itself");
            }
        }
        boolean renamed =
                parameters.path(LIMIT).isNull() && parameters.path(OTHER_LIMIT).isInt();
        if ((parameters.has(LIMIT) || parameters.has(OTHER_LIMIT)) && !renamed) {
            keys.refuse(
                    PARAMETERS,
                    PARAMETERS + " limits the answers; use teacher.maxTokens, or for a server that knows"
                            + " only max_completion_tokens write {max_tokens: null, max_completion_tokens: NUMBER}");
        }
    }
}
