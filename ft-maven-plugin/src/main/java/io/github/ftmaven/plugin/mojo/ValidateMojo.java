package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.plugin.Plan;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.runtime.spec.WeightsKept;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks everything that can be checked within a second: the spec, the files it names, the base model's configuration
 * and the headers of its weights. Prints the plan. Needs no network and no native library.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class ValidateMojo extends FtMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.validate.skip", defaultValue = "false")
    boolean skipValidate;

    private final InputFiles inputFiles;

    @Inject
    ValidateMojo(InputFiles inputFiles) {
        super("validate");
        this.inputFiles = inputFiles;
    }

    @Override
    boolean skipsGoal() {
        return skipValidate;
    }

    @Override
    boolean isOfTheLifecycle() {
        return true;
    }

    @Override
    boolean writes() {
        return false;
    }

    /** The goals that would withdraw the verdict do not run after a failure. */
    @Override
    void failed() throws IOException {
        withdrawVerdict();
    }

    @Override
    void run(FineTune fineTune) throws IOException {
        Plan.of(located(fineTune), project.getArtifactId()).forEach(getLog()::info);
        LocalDate today = LocalDate.ofInstant(session.getStartTime().toInstant(), ZoneOffset.UTC);
        WeightsKept.end(fineTune.spec(), today).ifPresent(getLog()::warn);
    }

    private FineTune located(FineTune fineTune) throws IOException {
        try {
            return inputFiles.find(inputGoal(), fineTune, true);
        } catch (NotHereException e) {
            return withoutData(fineTune);
        }
    }

    private FineTune withoutData(FineTune fineTune) throws IOException {
        try {
            return inputFiles.findModels(inputGoal(), fineTune, true);
        } catch (NotHereException e) {
            return fineTune;
        }
    }
}
