package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which keys a {@code config.json} may have: a key that is not read must not change the model. A spec can
 * ignore unknown keys.
 */
final class ConfigKeys {
    private final Set<String> ignored;
    private final Set<String> notFound;
    private final boolean strict;

    /**
     * @param ignored the full names of keys that a spec ignores, such as {@code text_config.router_bias}
     * @param strict whether it is an error to ignore a key that is known to change nothing
     */
    ConfigKeys(Collection<String> ignored, boolean strict) {
        this.strict = strict;
        this.ignored = Set.copyOf(ignored);
        this.notFound = new LinkedHashSet<>(ignored);
    }

    /**
     * Checks every key that the family's parser has not read, and that every ignored key is present and unknown.
     *
     * @throws InvalidInputException for a value that is not implemented, an unknown key, or a key that cannot be
     *     ignored
     */
    void check(JsonObjectFile config, String family) {
        List<String> unknown = new ArrayList<>();
        checkObject(config, family, unknown);
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(config.display() + ": " + String.join(", ", unknown)
                    + (unknown.size() == 1 ? ": this key is" : ": these keys are")
                    + " unknown and may change what the model computes. If that is not so, "
                    + leaveOut(unknown.stream()
                            .map(key -> key.substring(0, key.indexOf(": ")))
                            .toList()) + ".");
        }
        if (!notFound.isEmpty()) {
            throw new InvalidInputException("base.ignoreKeys: " + config.display() + " has no key "
                    + notFound.iterator().next() + ". Remove it from the list.");
        }
    }

    private void checkObject(JsonObjectFile config, String family, List<String> unknown) {
        for (String key : config.keys()) {
            String name = config.name(key);
            notFound.remove(name);
            KeyRule rule = IdleKeys.rule(family, key);
            if (config.wasRead(key)) {
                refuseToIgnore(config, name, "the model needs it");
            } else if (!config.has(key)) {
                refuseToIgnore(config, name, "it is null, which is the same as absent");
            } else if (rule == null && !ignored.contains(name)) {
                unknown.add(name + ": " + config.node(key));
            } else if (rule != null && rule.allows().test(config.node(key))) {
                if (strict) {
                    refuseToIgnore(config, name, "it is known and changes nothing: " + rule.reason());
                }
            } else if (rule != null && !rule.trainingOnly()) {
                refuseToIgnore(
                        config, name, "it changes what the model computes; supported values are: " + rule.supported());
                throw config.invalid(key, "supported values are: " + rule.supported());
            } else if (rule != null && !ignored.contains(name)) {
                throw config.invalid(
                        key,
                        "supported values are: " + rule.supported()
                                + ". Other values change only the training; to train"
                                + " without it, "
                                + leaveOut(List.of(name)));
            }
        }
        config.sections().forEach(section -> checkObject(section, family, unknown));
    }

    private void refuseToIgnore(JsonObjectFile config, String name, String why) {
        if (ignored.contains(name)) {
            throw new InvalidInputException("base.ignoreKeys: " + name + " of " + config.display()
                    + " cannot be ignored: " + why + ". Remove it from the list.");
        }
    }

    private static String leaveOut(List<String> names) {
        return "write in the spec: base: {ignoreKeys: [" + String.join(", ", names) + "]}, or for ft:generate"
                + " -Dft.ignoreKeys=" + String.join(",", names);
    }
}
