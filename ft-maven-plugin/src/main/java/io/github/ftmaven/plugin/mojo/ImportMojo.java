package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.build.FileAdvice;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.imports.ImportedSpec;
import io.github.ftmaven.runtime.imports.SpecImport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a spec from a configuration of Axolotl, LLaMA-Factory, AutoTrain or TRL, or from a fine-tuning job of OpenAI.
 * Keys without a counterpart are listed in comments. Needs no project, and downloads nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "import", requiresProject = false, threadSafe = true)
public final class ImportMojo extends PrintingMojo {
    /**
     * The configuration: a YAML or JSON file.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.from", required = true)
    @Nullable
    File from;

    /**
     * The spec file. Paths in it are relative to the spec's own directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.spec", defaultValue = "${project.basedir}/src/main/ft/fine-tune.yaml", required = true)
    File spec;

    /**
     * Whether to replace a spec that exists.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.overwrite", defaultValue = "false")
    boolean overwrite;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            checkSettings();
            if (skip) {
                getLog().info("ft:import is skipped: ft.skip is true.");
                return;
            }
            run();
        } catch (InvalidInputException e) {
            throw new MojoFailureException(paragraph(e), harmless(e));
        } catch (InvalidPathException e) {
            throw new MojoFailureException(FileNames.problem(e), harmless(e));
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException(
                    "ft:import could not read or write a file: " + FileAdvice.of(e, null), harmless(e));
        }
    }

    /** Without a project, Maven leaves the expression of the base directory in the default as it is. */
    private Path target() {
        boolean unresolved = spec.getPath().contains("${");
        return unresolved ? Path.of("src", "main", "ft", "fine-tune.yaml") : spec.toPath();
    }

    private void run() throws IOException {
        Path source = RawOutput.required(from, "ft.from");
        Path target = target().toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        String shown = FineTune.shown(here, target);
        if (Files.exists(target) && !overwrite) {
            throw new InvalidInputException(
                    shown + ": the spec exists. Set -Dft.overwrite to replace it, or -Dft.spec to another file.");
        }
        ImportedSpec imported = SpecImport.read(source, FineTune.shown(here, source.toAbsolutePath()));
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        AtomicFile.write(target, imported.text().getBytes(StandardCharsets.UTF_8));
        getLog().info("Imported " + Counted.of(imported.carried(), "key") + " from " + imported.program() + " into "
                + shown
                + "; " + Counted.of(imported.left(), "key") + " without a counterpart "
                + (imported.left() == 1 ? "is" : "are") + " listed at its end.");
        getLog().info("Read its comments, then run ft:validate.");
    }
}
