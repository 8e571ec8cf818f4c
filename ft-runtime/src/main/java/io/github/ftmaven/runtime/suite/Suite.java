package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A promptfoo configuration, read and checked.
 *
 * @param tests with defaults and scenarios merged in, variables not yet expanded
 * @param options the options of the run
 * @param secrets values that its results must not contain
 * @param warnings settings without effect
 */
public record Suite(
        List<Prompt> prompts,
        List<ProviderSpec> providers,
        List<TestCase> tests,
        Grading grading,
        SuiteOptions options,
        Templates templates,
        Source source,
        Secrets secrets,
        Set<String> warnings) {
    /**
     * How answers are graded.
     *
     * @param judge the default judge; missing for none
     * @param derivedMetrics names and formulas
     * @param lenient whether to accept mistakes that promptfoo ignores
     */
    public record Grading(JsonNode judge, List<DerivedMetric> derivedMetrics, boolean lenient) {}

    /** A metric computed from others. */
    public record DerivedMetric(String name, String formula) {}

    /**
     * What templates can use.
     *
     * @param filters the sources of the user's own nunjucks filters, by name
     * @param environment the variables that {@code env} adds to the process's
     * @param readable the names of the variables that templates, and only providers' templates, may read
     */
    public record Templates(ObjectNode filters, ObjectNode environment, Visible readable) {}

    /**
     * The readable environment variables: those that the suite's own files name, so that a cell of a table cannot read
     * others.
     *
     * @param templates readable in prompts and variables
     * @param providers also readable in the configurations of providers
     */
    public record Visible(Set<String> templates, Set<String> providers) {}

    /**
     * Where it comes from.
     *
     * @param config the configuration as written, for the results
     * @param directory the base of the relative paths in it
     * @param files the configuration and the files that it names
     * @param variables the process's variables whose values influence it, except secrets
     */
    public record Source(ObjectNode config, Path directory, Set<Path> files, Map<String, String> variables) {}

    /** Its description; empty if it has none. */
    public String description() {
        return source.config().path("description").asText("");
    }

    /** This suite, with default providers if it declares none. */
    public Suite orProviders(List<String> ids) {
        if (!providers.isEmpty()) {
            return this;
        }
        List<ProviderSpec> own = ids.stream()
                .map(id -> new ProviderSpec(id, id, id, source.config().objectNode(), List.of(), null, 0))
                .toList();
        return new Suite(prompts, own, tests, grading, options, templates, source, secrets, warnings);
    }

    /** The process's variables plus those from {@code env}. */
    Map<String, String> over(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        templates
                .environment()
                .properties()
                .forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }
}
