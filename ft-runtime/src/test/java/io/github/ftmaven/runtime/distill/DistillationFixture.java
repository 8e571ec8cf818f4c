package io.github.ftmaven.runtime.distill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project with three prompts and one test row, and its teacher. */
abstract class DistillationFixture {
    static final String SECRET = "sk-very-secret";

    final TestSpec spec = new TestSpec();
    Duration timeout = Duration.ofMinutes(1);
    final ScriptedTeacher teacher;
    final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path directory;

    DistillationFixture() throws IOException {
        teacher = new ScriptedTeacher();
    }

    @BeforeEach
    void prepare() throws IOException {
        spec.set("distill.prompts: prompts.jsonl", "distill.output: out/distilled.jsonl", "distill.maxRequests: 100");
        spec.set("distill.teacher.model: big").put("distill.teacher.url", teacher.url());
        lines("test.jsonl", "{\"prompt\": \"Tested?\", \"completion\": \"yes\"}");
        lines("prompts.jsonl", "{\"prompt\": \"one\"}", "{\"prompt\": \"two\"}", "{\"prompt\": \"three\"}");
    }

    @AfterEach
    void stop() {
        teacher.close();
    }

    Distillation open() {
        return Distillation.of(spec.spec(), folders());
    }

    Distillation.Folders folders() {
        return new Distillation.Folders(directory, directory, directory.resolve("cache"));
    }

    void run() throws IOException {
        messages.clear();
        open().run(
                        new ApiKey(SECRET, "the environment variable TEACHER_KEY"),
                        new HttpRequests.Patience(timeout, 3, Duration.ofMillis(1), Duration.ofSeconds(2)),
                        messages::add,
                        (done, total) -> {});
    }

    void refused(String message) {
        assertThatThrownBy(this::open).isInstanceOf(InvalidInputException.class).hasMessage(message);
    }

    List<String> output() throws IOException {
        return Files.readAllLines(directory.resolve("out/distilled.jsonl"));
    }

    void lines(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    static void delete(Path path) throws IOException {
        try (var files = Files.walk(path)) {
            for (Path each : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
