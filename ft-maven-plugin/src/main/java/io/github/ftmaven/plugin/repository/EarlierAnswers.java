package io.github.ftmaven.plugin.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * What repositories answered when they could last be asked, for builds that are offline. What the resolver keeps tells a
 * repository that had nothing from one that was never asked by nothing, and two of one id not at all.
 */
final class EarlierAnswers {
    private final Path file;
    private final ObjectNode answers;

    private EarlierAnswers(Path file, ObjectNode answers) {
        this.file = file;
        this.answers = answers;
    }

    /** Those that are kept in a file; a file that is damaged knows none. */
    static EarlierAnswers in(Path file) {
        try {
            return new EarlierAnswers(file, JsonFile.read(file, ""));
        } catch (InvalidInputException e) {
            return new EarlierAnswers(file, JsonFile.object());
        }
    }

    /** Whether a repository listed versions; empty if it never answered. */
    Optional<Boolean> of(RemoteRepository remote) {
        JsonNode answer = answers.path(remote.getId());
        return answer.path("url").asText().equals(remote.getUrl())
                        && answer.path("listed").isBoolean()
                ? Optional.of(answer.path("listed").booleanValue())
                : Optional.empty();
    }

    /** Remembers an answer. */
    void put(RemoteRepository remote, boolean listed) {
        answers.putObject(remote.getId()).put("url", remote.getUrl()).put("listed", listed);
    }

    /** Keeps them. */
    void write() throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        JsonFile.write(file, answers);
    }
}
