package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.repository.ServerAccount;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Runner;
import io.github.ftmaven.runtime.spec.RunnerSpec;
import io.github.ftmaven.runtime.spec.ServiceSpec;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** A training or an evaluation at a service, before it begins. */
final class HostedRunner {
    private HostedRunner() {}

    /** Whether a service trains. */
    static boolean isIn(FineTuneSpec spec) {
        return spec.training().run().runner().isHosted();
    }

    /**
     * The variables with the service's key, for the worker.
     *
     * @throws InvalidInputException if the build is offline, or the key is not where the spec says
     */
    static Map<String, String> secrets(FineTuneSpec spec, MavenSession session, Log log) {
        return secrets(spec, session, log, "trains this fine-tune", "set training.runner to local");
    }

    /**
     * The same for an evaluation whose questions the service answers.
     *
     * @throws InvalidInputException if the build is offline, or the key is not where the spec says
     */
    static Map<String, String> secretsOfAnswers(FineTuneSpec spec, MavenSession session, Log log) {
        return secrets(spec, session, log, "answers the questions of the evaluation", "skip it (-Dft.evaluate.skip)");
    }

    private static Map<String, String> secrets(
            FineTuneSpec spec, MavenSession session, Log log, String work, String otherwise) {
        String place = HostedSettings.of(spec, "").place();
        if (session.isOffline()) {
            throw new InvalidInputException("The build is offline, but " + place + " " + work
                    + " (training.runner). Build without -o, or " + otherwise + ".");
        }
        ServerAccount account = account(spec);
        account.plainHttp("examples").ifPresent(log::warn);
        ApiKey key = account.key(session.getRepositorySession());
        return Map.of(HostedSettings.VARIABLE, key.secret());
    }

    private static ServerAccount account(FineTuneSpec spec) {
        Runner runner = spec.training().run().runner();
        RunnerSpec runners = Objects.requireNonNull(spec.outside().runner(), "runner");
        ServiceSpec service = runners.account(runner);
        return new ServerAccount(
                runner == Runner.TOGETHER ? "runner.together" : "runner.openai",
                service.url(),
                service.server(),
                service.apiKeyEnvironment());
    }
}
