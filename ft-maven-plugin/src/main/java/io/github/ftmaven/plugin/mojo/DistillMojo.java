package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.ServerAccount;
import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.distill.Distillation;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.spec.TeacherSpec;
import java.io.IOException;
import java.util.Objects;
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
        ServerAccount account =
                new ServerAccount("distill.teacher", teacher.url(), teacher.server(), teacher.apiKeyEnvironment());
        account.plainHttp("prompts").ifPresent(getLog()::warn);
        RateLog rate = new RateLog(getLog(), "prompt");
        try {
            distillation.run(
                    distillation.open() > 0 ? account.key(session.getRepositorySession()) : ApiKey.NONE,
                    getLog()::info,
                    rate::onItem);
        } catch (ChatException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
