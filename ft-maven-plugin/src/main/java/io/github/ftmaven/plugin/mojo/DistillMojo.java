package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.ServerPasswords;
import io.github.ftmaven.runtime.distill.ApiKey;
import io.github.ftmaven.runtime.distill.Distillation;
import io.github.ftmaven.runtime.distill.TeacherException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TeacherSpec;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Asks a larger model, the teacher, for the answers to prompts that have none, and writes them as rows for training. Says
 * first what it may cost. Answers are kept, so nothing is paid for twice. The test set cannot be distilled.
 *
 * @since 0.1.0
 */
@Mojo(name = "distill", threadSafe = true)
public final class DistillMojo extends FtMojo {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.distill.skip", defaultValue = "false")
    boolean skipDistill;

    /**
     * Whether to say only what would be asked and what it may cost.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.distill.dryRun", defaultValue = "false")
    boolean dryRun;

    DistillMojo() {
        super("distill");
    }

    @Override
    boolean skipsGoal() {
        return skipDistill;
    }

    @Override
    void run(FineTune fineTune) throws IOException {
        Distillation distillation = Distillation.of(
                fineTune.spec(),
                new Distillation.Folders(
                        fineTune.specDirectory(),
                        fineTune.project(),
                        cacheDirectory.toPath().resolve("distill")));
        distillation.plan().forEach(getLog()::info);
        if (dryRun) {
            getLog().info("Nothing was asked: ft.distill.dryRun is true.");
            return;
        }
        TeacherSpec teacher =
                Objects.requireNonNull(fineTune.spec().outside().distill()).teacher();
        if (distillation.open() > 0 && session.isOffline()) {
            throw new InvalidInputException("The build is offline, but the teacher has " + distillation.open()
                    + " prompts to answer. Run ft:distill without -o.");
        }
        warnOfPlainHttp(teacher);
        RateLog rate = new RateLog(getLog(), "prompt");
        try {
            distillation.run(distillation.open() > 0 ? key(teacher) : ApiKey.NONE, getLog()::info, rate::onItem);
        } catch (TeacherException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private void warnOfPlainHttp(TeacherSpec teacher) {
        URI url = URI.create(teacher.url());
        boolean hasKey = teacher.server() != null || teacher.apiKeyEnvironment() != null;
        if (hasKey && url.getScheme().equals("http") && !LOCAL.contains(url.getHost())) {
            getLog().warn("distill.teacher.url is http, so the API key and the prompts reach " + url.getHost()
                    + " without encryption.");
        }
    }

    private ApiKey key(TeacherSpec teacher) {
        String server = teacher.server();
        if (server != null) {
            return new ApiKey(
                    ServerPasswords.of(session.getRepositorySession(), "distill.teacher.server", server),
                    "the server " + server + " in Maven's settings");
        }
        String variable = teacher.apiKeyEnvironment();
        if (variable == null) {
            return ApiKey.NONE;
        }
        String key = System.getenv(variable);
        if (key == null || key.isBlank()) {
            throw new InvalidInputException(
                    "distill.teacher.apiKeyEnvironment: the environment variable " + variable + " is not set.");
        }
        return new ApiKey(key, "the environment variable " + variable);
    }
}
