package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** {@code is-xml} and {@code contains-xml}, with elements that must be there, as paths {@code a.b}. */
final class XmlChecks {
    private static final Pattern ELEMENT =
            Pattern.compile("<([A-Za-z_][^\\s/>]*)[\\s\\S]*</\\1\\s*>|<[A-Za-z_][^<>]*/>");
    private static final XMLInputFactory FACTORY = factory();

    private XmlChecks() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    static Outcome isXml(Subject s) throws CheckException {
        return outcome(s, problem(s.text(), required(s)));
    }

    static Outcome containsXml(Subject s) throws CheckException {
        List<String> required = required(s);
        Matcher matcher = ELEMENT.matcher(s.text());
        String problem = "No XML content found in the output";
        while (matcher.find()) {
            String found = problem(matcher.group(), required);
            if (found.isEmpty()) {
                return outcome(s, "");
            }
            problem = found;
        }
        return outcome(s, problem);
    }

    private static Outcome outcome(Subject s, String problem) {
        boolean pass = problem.isEmpty() != s.inverse();
        return Outcome.of(pass, s.inverse() ? "XML is valid and contains all required elements" : problem);
    }

    private static List<String> required(Subject s) throws CheckException {
        JsonNode value = s.value();
        List<String> required = new ArrayList<>();
        if (value.isTextual()) {
            for (String path : value.textValue().split(",", -1)) {
                required.add(path.strip());
            }
        } else if (value.isArray()) {
            value.forEach(path -> required.add(path.asText()));
        } else if (value.isObject()) {
            if (!value.has("requiredElements")) {
                throw new CheckException("xml assertion must contain a string, array value, or no value");
            }
            value.get("requiredElements").forEach(path -> required.add(path.asText()));
        }
        return required;
    }

    private static String problem(String text, List<String> required) {
        Set<String> paths = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text.strip()));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    open.addLast(reader.getLocalName());
                    paths.add(String.join(".", open));
                } else if (event == XMLStreamReader.END_ELEMENT) {
                    open.removeLast();
                }
            }
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" "));
            return "XML parsing failed: " + message;
        }
        List<String> missing =
                required.stream().filter(path -> !paths.contains(path)).toList();
        return missing.isEmpty() ? "" : "XML is missing required elements: " + String.join(", ", missing);
    }
}
