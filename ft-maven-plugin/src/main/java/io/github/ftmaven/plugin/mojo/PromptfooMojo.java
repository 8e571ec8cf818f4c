package io.github.ftmaven.plugin.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.build.FileAdvice;
import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.suite.JUnitXml;
import io.github.ftmaven.runtime.suite.JudgeReader;
import io.github.ftmaven.runtime.suite.ResultRow;
import io.github.ftmaven.runtime.suite.ResultsCsv;
import io.github.ftmaven.runtime.suite.ResultsJson;
import io.github.ftmaven.runtime.suite.ResultsMarkdown;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteOptions;
import io.github.ftmaven.runtime.suite.SuiteReader;
import io.github.ftmaven.runtime.suite.SuiteRun;
import io.github.ftmaven.runtime.suite.SuiteSource;
import io.github.ftmaven.runtime.suite.SuiteTable;
import io.github.ftmaven.runtime.suite.Tally;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Runs a promptfoo configuration and fails the build if too few of its tests pass. Needs no project and no Node.js, and
 * no model unless a provider needs one.
 *
 * @since 0.1.0
 */
@Mojo(name = "promptfoo", defaultPhase = LifecyclePhase.INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class PromptfooMojo extends PrintingMojo {
    /**
     * The configuration file, usually {@code promptfooconfig.yaml}. Several files are run as one configuration.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.suite", defaultValue = "promptfooconfig.yaml", required = true)
    @Nullable
    List<File> suite;

    /**
     * Result files. The extension selects the format: {@code .json} for promptfoo's format, {@code .csv}, {@code .md},
     * or {@code .xml} for JUnit's format.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.output")
    @Nullable
    List<File> output;

    /**
     * The minimum percentage of tests that must pass. Errors count as failures.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.passRate", defaultValue = "100")
    double passRate;

    /**
     * Whether to be as lenient as promptfoo: unknown keys and tests without assertions cause only warnings.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.lenient", defaultValue = "false")
    boolean lenient;

    /**
     * The model that grades assertions without a grader of their own, by its name on the server. Requires
     * {@code ft.judge.url}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.judge.model")
    @Nullable
    String judgeModel;

    /**
     * The URL of the judge's server, including {@code /v1}. The server must speak the OpenAI protocol.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.judge.url")
    @Nullable
    String judgeUrl;

    /**
     * The environment variable that holds the API key for the judge's server. Leave it out if the server needs no key.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.judge.apiKeyEnvironment")
    @Nullable
    String judgeApiKeyEnvironment;

    /**
     * The embedding model on the judge's server.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.judge.embedding")
    @Nullable
    String judgeEmbedding;

    /**
     * Runs only tests whose description matches this regular expression.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.filterPattern")
    @Nullable
    String filterPattern;

    /**
     * Runs only the first N tests.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.filterFirstN")
    @Nullable
    Integer filterFirstN;

    /**
     * Runs only a range of tests, counted from 0. The end is exclusive: {@code 10:20}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.filterRange")
    @Nullable
    String filterRange;

    /**
     * Runs only tests whose metadata value for a key contains this text: {@code key=value}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.filterMetadata")
    @Nullable
    String filterMetadata;

    /**
     * Uses only providers whose id or label matches this regular expression.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.filterProviders")
    @Nullable
    String filterProviders;

    /**
     * How often to run each test that does not set its own number.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.repeat")
    @Nullable
    Integer repeat;

    /**
     * The maximum number of concurrent requests to providers. Defaults to the configuration's value, or 4.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.maxConcurrency")
    @Nullable
    Integer maxConcurrency;

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.promptfoo.skip", defaultValue = "false")
    boolean skipPromptfoo;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            checkSettings();
            if (skip || skipPromptfoo) {
                getLog().info("ft:promptfoo is skipped: " + (skip ? "ft.skip" : "ft.promptfoo.skip") + " is true.");
                return;
            }
            run();
        } catch (InvalidInputException e) {
            throw new MojoFailureException(paragraph(e), harmless(e));
        } catch (InvalidPathException e) {
            throw new MojoFailureException(FileNames.problem(e), harmless(e));
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException(
                    "ft:promptfoo could not read or write a file: " + FileAdvice.of(e, null), harmless(e));
        }
    }

    private void run() throws IOException, MojoFailureException {
        if (passRate < 0 || passRate > 100) {
            throw new InvalidInputException("ft.passRate is " + passRate + ", but must be from 0 to 100.");
        }
        if (suite == null || suite.isEmpty()) {
            throw new InvalidInputException("ft.suite is not set. It names a promptfoo configuration.");
        }
        List<SuiteSource> sources = suite.stream()
                .map(file -> new SuiteSource(
                        file.toPath(),
                        FineTune.shown(
                                Path.of("").toAbsolutePath(), file.toPath().toAbsolutePath())))
                .toList();
        String display =
                String.join(", ", sources.stream().map(SuiteSource::display).toList());
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.remove(CacheKey.VARIABLE);
        Suite read = SuiteReader.read(sources, lenient, variables, options(), judge());
        read.warnings().forEach(getLog()::warn);
        if (read.providers().isEmpty()) {
            throw new InvalidInputException(
                    display + ": names no provider. Write providers: [echo], or list the" + " providers to test.");
        }
        RateLog rate = new RateLog(getLog(), "test");
        SuiteRun run = new SuiteRun(read, variables, Map.of(), rate::onItem);
        List<ResultRow> rows = run.run();
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    display + ": no test is left to run. Check ft.filterPattern and the other filters.");
        }
        for (File each : output == null ? List.<File>of() : output) {
            write(each.toPath(), read, rows);
        }
        SuiteTable.lines(read, rows).forEach(getLog()::info);
        Tally tally = Tally.of(rows);
        if (tally.passRate() < passRate) {
            throw new MojoFailureException(String.format(
                    Locale.ROOT,
                    "%s: %.1f %% of %s pass (%,d failed, %s), but %s %% must.",
                    display,
                    tally.passRate(),
                    Counted.of(tally.total(), "test"),
                    tally.failed(),
                    Counted.of(tally.errors(), "error"),
                    String.valueOf(passRate).replaceFirst("\\.0$", "")));
        }
    }

    private JsonNode judge() {
        if (judgeModel == null && judgeUrl == null && judgeApiKeyEnvironment == null && judgeEmbedding == null) {
            return MissingNode.getInstance();
        }
        if (judgeModel == null || judgeUrl == null) {
            throw new InvalidInputException("A judge needs both ft.judge.model and ft.judge.url, but "
                    + (judgeModel == null ? "ft.judge.model" : "ft.judge.url") + " is not set.");
        }
        return JudgeReader.declaration(judgeModel, judgeUrl, judgeApiKeyEnvironment, judgeEmbedding);
    }

    private SuiteOptions options() {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        put(options, "filterPattern", filterPattern);
        put(options, "filterFirstN", filterFirstN);
        put(options, "filterRange", filterRange);
        put(options, "filterMetadata", filterMetadata);
        put(options, "filterProviders", filterProviders);
        put(options, "repeat", repeat);
        put(options, "maxConcurrency", maxConcurrency);
        return new SuiteOptions(options);
    }

    private static void put(ObjectNode options, String name, @Nullable Object value) {
        if (value != null) {
            options.set(name, Json.lenient().valueToTree(value));
        }
    }

    private void write(Path file, Suite read, List<ResultRow> rows) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String text;
        if (name.endsWith(".json")) {
            text = Json.lenient()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new ResultsJson(read, rows, Instant.now()).json())
                    + "\n";
        } else if (name.endsWith(".csv")) {
            text = ResultsCsv.write(read, rows);
        } else if (name.endsWith(".md")) {
            text = ResultsMarkdown.write(read, rows);
        } else if (name.endsWith(".xml")) {
            text = JUnitXml.write(read, rows);
        } else {
            throw new InvalidInputException("ft.output: " + file + " must end with .json, .csv, .md or .xml.");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
        getLog().info("Written to " + file + ".");
    }
}
