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
 * @param options how it is run
 * @param filters sources of the user's own nunjucks filters, by name
 * @param environment what {@code env} adds to the process's
 * @param judge who grades where the suite names nobody; missing for nobody
 * @param config the configuration as it stands, for the results
 * @param directory what its files are relative to
 * @param files it and the files it names
 * @param variables the process's variables whose values its text says, but for secrets
 * @param readable the names of variables that its templates may read, and those that only its providers' may
 * @param secrets what none of its results may tell
 * @param warnings what has no effect here
 * @param lenient whether it is judged as promptfoo would where that passes over a mistake
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
    /** The same, with providers where none are declared. */
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

    /** The process's variables with what {@code env} adds. */
    Map<String, String> over(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        environment
                .properties()
                .forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }

    /**
     * Which variables of the environment are read: those that the suite's own files name, so that a cell of a table cannot
     * name others.
     *
     * @param templates by prompts and variables
     * @param providers by the configurations of providers as well
     */
    public record Visible(Set<String> templates, Set<String> providers) {}

    /** A metric computed of others. */
    public record DerivedMetric(String name, String formula) {}
}
