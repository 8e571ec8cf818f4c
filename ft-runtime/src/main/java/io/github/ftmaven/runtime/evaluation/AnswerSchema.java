package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.schema.CheckedSchema;
import io.github.ftmaven.runtime.script.JavaScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code evaluation.schema}: the JSON Schema that an answer must match for the metric {@code json-valid}. */
public final class AnswerSchema {
    private static final String KEY = "evaluation.schema: ";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final CheckedSchema schema;

    private AnswerSchema(CheckedSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @param shown the file's name in messages
     * @throws InvalidInputException if it cannot be read, or is not a schema
     */
    public static AnswerSchema read(Path file, String shown) {
        // Free its thread and memory until there are answers.
        try (JavaScript scripts = new JavaScript(LIMIT)) {
            return read(scripts, file, shown);
        }
    }

    /** The schema of a job; null if its spec does not name one. */
    static @Nullable AnswerSchema of(Job job) {
        String declared = job.spec().evaluation().schema();
        return declared == null ? null : read(job.specDirectory().resolve(declared), declared);
    }

    static AnswerSchema read(JavaScript scripts, Path file, String shown) {
        try {
            return new AnswerSchema(CheckedSchema.read(scripts, LIMIT, Files.readString(file), KEY + shown));
        } catch (IOException e) {
            throw new InvalidInputException(KEY + shown + ": no such file, or not UTF-8 text.", e);
        }
    }

    /**
     * Whether an answer is JSON and matches the schema.
     *
     * @throws InvalidInputException if the schema cannot be applied
     */
    public boolean accepts(String answer) {
        return schema.accepts(answer);
    }
}
