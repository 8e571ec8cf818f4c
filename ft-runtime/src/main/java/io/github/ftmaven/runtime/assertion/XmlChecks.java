package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.assertion.XmlCandidates.Range;
import io.github.ftmaven.runtime.assertion.XmlTree.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code is-xml} checks whether a whole text is well-formed, {@code contains-xml} whether a lenient parser finds XML
 * in it; both optionally require elements, as paths {@code a.b}.
 */
final class XmlChecks {
    private static final int LONGEST = 10 * 1024 * 1024;
    private static final String VALID = "XML is valid and contains all required elements";

    private XmlChecks() {}

    static Outcome isXml(Subject s) throws CheckException {
        List<String> required = required(s);
        limited(s.text());
        Optional<String> problem = XmlDocument.problem(s.text());
        return outcome(
                s,
                problem.isPresent() ? problem.get() : found(s.text(), required).problem());
    }

    static Outcome containsXml(Subject s) throws CheckException {
        List<String> required = required(s);
        limited(s.text());
        List<Range> candidates = XmlCandidates.in(s.text());
        List<Range> wellFormed = new ArrayList<>();
        for (Range candidate : candidates) {
            if (wellFormed.stream().noneMatch(container -> container.holds(candidate))) {
                Found found = found(candidate.of(s.text()), required);
                if (found.problem().isEmpty()) {
                    return outcome(s, "");
                }
                if (found.wellFormed()) {
                    wellFormed.add(candidate);
                }
            }
        }
        return outcome(
                s,
                candidates.isEmpty()
                        ? "No XML content found in the output"
                        : "No valid XML content found matching the requirements");
    }

    private static void limited(String text) {
        if (text.length() > LONGEST) {
            throw new LimitException("An output of more than 10 MiB");
        }
    }

    private static Outcome outcome(Subject s, String problem) {
        boolean pass = problem.isEmpty() != s.inverse();
        return Outcome.of(pass, s.inverse() ? VALID : problem);
    }

    private static List<String> required(Subject s) throws CheckException {
        JsonNode value = s.value();
        List<String> required = new ArrayList<>();
        if (value.isTextual()) {
            for (String path : value.textValue().split(",", -1)) {
                required.add(Js.trim(path));
            }
        } else if (value.isArray()) {
            value.forEach(path -> required.add(Js.text(path)));
        } else if (value.isObject() && !value.isEmpty()) {
            CheckException.require(
                    value.path("requiredElements").isArray(),
                    "xml assertion must contain a string, array value, or no value");
            value.path("requiredElements").forEach(path -> required.add(Js.text(path)));
        }
        return required;
    }

    /** The lenient parser's verdict: a problem, or none. Missing elements are a problem of well-formed XML. */
    private record Found(String problem, boolean wellFormed) {}

    private static Found found(String text, List<String> required) {
        try {
            XmlTree tree = XmlTree.of(text);
            List<String> missing =
                    required.stream().filter(path -> !tree.has(path)).toList();
            return new Found(
                    missing.isEmpty() ? "" : "XML is missing required elements: " + String.join(", ", missing), true);
        } catch (Malformed e) {
            return new Found("XML parsing failed: " + e.getMessage(), false);
        }
    }
}
