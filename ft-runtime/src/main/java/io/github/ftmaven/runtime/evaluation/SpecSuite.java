package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Judge;
import io.github.ftmaven.runtime.suite.JudgeReader;
import io.github.ftmaven.runtime.suite.ProviderSpec;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteOptions;
import io.github.ftmaven.runtime.suite.SuiteReader;
import io.github.ftmaven.runtime.suite.SuiteSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code evaluation.suite}, and the models that it can ask. */
public final class SpecSuite {
    private static final String TUNED = ProviderScores.SUITE_PREFIX + "tuned";
    private static final String BASE = ProviderScores.SUITE_PREFIX + "base";

    private SpecSuite() {}

    /**
     * Reads the configuration that a spec names. Without providers it gets the tuned model and its base.
     *
     * @param directory the spec's
     * @param shown the form of a path in messages
     * @return empty if the spec does not name one
     * @throws InvalidInputException with a line for each mistake in it
     */
    public static Optional<Suite> read(
            FineTuneSpec spec, Path directory, Function<Path, String> shown, Map<String, String> environment) {
        String declared = spec.evaluation().promptfoo().suite();
        if (declared == null) {
            return Optional.empty();
        }
        Path file = directory.resolve(declared).normalize();
        Judge judge = spec.evaluation().promptfoo().judge();
        JsonNode grading = judge == null
                ? MissingNode.getInstance()
                : JudgeReader.declaration(judge.model(), judge.url(), judge.apiKeyEnvironment(), judge.embedding());
        Suite suite = SuiteReader.read(
                        List.of(new SuiteSource(file, shown.apply(file))),
                        spec.evaluation().promptfoo().lenient(),
                        environment,
                        SuiteOptions.NONE,
                        grading)
                .orProviders(List.of(TUNED, BASE));
        List<String> models = new ArrayList<>(List.of(TUNED, BASE));
        spec.evaluation().baselines().forEach(baseline -> models.add(ProviderScores.SUITE_PREFIX + baseline.label()));
        for (ProviderSpec provider : suite.providers()) {
            if (provider.type().startsWith(ProviderScores.SUITE_PREFIX) && !models.contains(provider.type())) {
                throw new InvalidInputException(shown.apply(file) + ": the provider " + provider.type()
                        + " is not a model of this spec. The models are "
                        + String.join(", ", models.stream().distinct().toList())
                        + "; evaluation.baselines adds more." + Suggestion.didYouMean(provider.type(), models));
            }
        }
        return Optional.of(suite);
    }
}
