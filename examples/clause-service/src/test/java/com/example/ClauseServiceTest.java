package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClauseServiceTest {
    private static final String CLAUSE =
            "The person insured shall see to it that the goods are kept above the ground.";

    @Test
    void knowsADuty() {
        try (ClauseService service = new ClauseService(Path.of("../clause-triage/src/main/ft/base"))) {
            assertEquals("duty", service.kind(CLAUSE));

            Map<String, Double> kinds = service.kinds(CLAUSE);
            assertEquals("duty", kinds.keySet().iterator().next());
            assertTrue(kinds.get("duty") > 0.5, () -> kinds.toString());
        }
    }
}
