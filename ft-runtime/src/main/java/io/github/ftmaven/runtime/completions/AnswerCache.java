package io.github.ftmaven.runtime.completions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Answers that were paid for, by the digests of their requests. Each is on disk before the next request of its thread, so
 * a killed run pays for nothing twice.
 */
public final class AnswerCache {
    private static final String OUTCOME = "outcome";
    private static final String MESSAGE = "message";

    private final Path directory;

    /** Keeps answers in a directory, which is created when there is one to keep. */
    public AnswerCache(Path directory) {
        this.directory = directory;
    }

    /** Whether an answer to a request is kept. */
    public boolean has(String digest) {
        return Files.isRegularFile(file(digest));
    }

    /** The answer to a request. A damaged file counts as none. */
    public Optional<ChatAnswer> find(String digest) {
        Path file = file(digest);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JsonFile.read(file, "Delete it.");
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
        return Arrays.stream(ChatOutcome.values())
                .filter(outcome -> outcome.name().equals(json.path(OUTCOME).asText()))
                .findFirst()
                .filter(outcome -> json.path(MESSAGE).isObject())
                .map(outcome -> new ChatAnswer(
                        outcome,
                        (ObjectNode) json.path(MESSAGE),
                        new ChatAnswer.Usage(
                                json.path("told").asBoolean(),
                                json.path("input").asLong(),
                                json.path("output").asLong(),
                                json.path("seconds").asDouble()),
                        json.path("detail").asText()));
    }

    /** Keeps an answer. */
    public void put(String digest, ChatAnswer answer) throws IOException {
        ObjectNode json = JsonFile.object().put(OUTCOME, answer.outcome().name());
        json.set(MESSAGE, answer.message());
        json.put("told", answer.usage().told())
                .put("input", answer.usage().input())
                .put("output", answer.usage().output())
                .put("seconds", answer.usage().seconds())
                .put("detail", answer.detail());
        JsonFile.write(file(digest), json);
    }

    private Path file(String digest) {
        return directory.resolve(digest.substring(0, 2)).resolve(digest + ".json");
    }
}
