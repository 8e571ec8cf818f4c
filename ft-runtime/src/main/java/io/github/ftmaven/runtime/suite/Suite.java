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
 * @param description may be empty
 * @param tests with defaults and scenarios merged in, variables not yet expanded
 * @param derivedMetrics names and formulas
 * @param options the options of the run
 * @param filters the sources of the user's own nunjucks filters, by name
 * @param environment the variables that {@code env} adds to the process's
 * @param judge the default judge; missing for none
 * @param config the configuration as written, for the results
 * @param directory the base of the relative paths in it
 * @param files the configuration and the files that it names
 * @param variables the process's variables whose values influence it, except secrets
 * @param readable the names of the variables that its templates, and only its providers' templates, may read
 * @param secrets values that its results must not contain
 * @param warnings settings without effect
 * @param lenient whether to accept mistakes that promptfoo ignores
 */
public record Suite(
        String description,
        List<Prompt> prompts,
        List<ProviderSpec> providers,
        List<TestCase> tests,
        List<DerivedMetric> derivedMetrics,
        SuiteOptions options,
        ObjectNode filters,
        ObjectNode environment,
        JsonNode judge,
        ObjectNode config,
        Path directory,
        Set<Path> files,
        Map<String, String> variables,
        Visible readable,
        Secrets secrets,
        Set<String> warnings,
        boolean lenient) {
    /** This suite, with default providers if it declares none. */
    public Suite orProviders(List<String> ids) {
        if (!providers.isEmpty()) {
            return this;
        }
        List<ProviderSpec> own = ids.stream()
                .map(id -> new ProviderSpec(id, id, id, config.objectNode(), List.of(), null, 0))
                .toList();
        return new Suite(
                description,
                prompts,
                own,
                tests,
                derivedMetrics,
                options,
                filters,
                environment,
                judge,
                config,
                directory,
                files,
                variables,
                readable,
                secrets,
                warnings,
                lenient);
    }

    /** The process's variables plus those from {@code env}. */
    Map<String, String> over(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        environment
                .properties()
                .forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }

    /**
     * The readable environment variables: those that the suite's own files name, so that a cell of a table cannot read
     * others.
     *
     * @param templates readable in prompts and variables
     * @param providers also readable in the configurations of providers
     */
    public record Visible(Set<String> templates, Set<String> providers) {}

    /** A metric computed from others. */
    public record DerivedMetric(String name, String formula) {}
}
