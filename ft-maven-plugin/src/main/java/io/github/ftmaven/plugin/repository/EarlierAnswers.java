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
 * The last answers of repositories, for offline builds. The resolver's own records cannot tell a repository that had
 * nothing from one that was never asked, nor two repositories with the same ID.
 */
final class EarlierAnswers {
    private final Path file;
    private final ObjectNode answers;

    private EarlierAnswers(Path file, ObjectNode answers) {
        this.file = file;
        this.answers = answers;
    }

    /** Reads the answers from a file. A damaged file contains none. */
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

    /** Records an answer. */
    void put(RemoteRepository remote, boolean listed) {
        answers.putObject(remote.getId()).put("url", remote.getUrl()).put("listed", listed);
    }

    /** Writes the answers to the file. */
    void write() throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        JsonFile.write(file, answers);
    }
}
