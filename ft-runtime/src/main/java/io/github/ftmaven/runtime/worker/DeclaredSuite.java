package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Judge;
import io.github.ftmaven.runtime.suite.JudgeReader;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteReader;
import java.nio.file.Path;

/** {@code evaluation.suite} with {@code evaluation.judge}. */
public final class DeclaredSuite {
    private DeclaredSuite() {}

    /**
     * Reads and checks it.
     *
     * @param display the file as messages name it
     * @throws io.github.ftmaven.runtime.error.InvalidInputException with a line for each mistake
     */
    public static Suite read(FineTuneSpec spec, Path file, String display) {
        Judge judge = spec.evaluation().judge();
        JsonNode declared = judge == null
                ? MissingNode.getInstance()
                : JudgeReader.declaration(judge.model(), judge.url(), judge.apiKeyEnvironment(), judge.embedding());
        return SuiteReader.read(file, display, false, System.getenv(), declared);
    }
}
