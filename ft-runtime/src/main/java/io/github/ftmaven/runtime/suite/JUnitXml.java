package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.error.OneLine;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results as JUnit XML, for CI servers to show test by test: a suite for each provider and prompt. */
public final class JUnitXml {
    private static final int LONGEST = 1_000;

    private JUnitXml() {}

    /** The whole file. */
    public static String write(Suite suite, List<ResultRow> rows) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            newline(xml, 0);
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", suite.description().isEmpty() ? "promptfoo" : clean(suite, suite.description()));
            counts(xml, Tally.of(rows));
            List<Column> columns = SuiteRun.columns(suite);
            for (int c = 0; c < columns.size(); c++) {
                int column = c;
                String name = "[" + columns.get(c).provider().label() + "] prompt " + (c + 1);
                suite(
                        suite,
                        xml,
                        name,
                        rows.stream().filter(row -> row.columnIndex() == column).toList());
            }
            newline(xml, 0);
            xml.writeEndElement();
            newline(xml, 0);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // text can always be written
        }
        return text.toString();
    }

    private static void suite(Suite suite, XMLStreamWriter xml, String name, List<ResultRow> rows)
            throws XMLStreamException {
        newline(xml, 1);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(suite, name));
        counts(xml, Tally.of(rows));
        xml.writeAttribute("skipped", "0");
        for (ResultRow row : rows) {
            newline(xml, 2);
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(suite, name));
            String description = row.test().json().path("description").asText("");
            xml.writeAttribute(
                    "name",
                    clean(suite, "test " + (row.testIndex() + 1) + (description.isEmpty() ? "" : ": " + description)));
            xml.writeAttribute(
                    "time", seconds(row.response() == null ? 0 : row.response().latencyMs()));
            if (row.error() != null) {
                problem(suite, xml, "error", "Error", "error", row.error());
            } else if (!row.passed()) {
                problem(suite, xml, "failure", row.reason(), "assertion", details(row));
            }
            newline(xml, 2);
            xml.writeEndElement();
        }
        newline(xml, 1);
        xml.writeEndElement();
    }

    private static void problem(
            Suite suite, XMLStreamWriter xml, String element, String message, String type, String details)
            throws XMLStreamException {
        newline(xml, 3);
        xml.writeStartElement(element);
        xml.writeAttribute(
                "message", OneLine.of(clean(suite, message.lines().findFirst().orElse("")), LONGEST));
        xml.writeAttribute("type", type);
        xml.writeCharacters(clean(suite, details));
        xml.writeEndElement();
    }

    private static String details(ResultRow row) {
        String failed = row.graded() == null
                ? ""
                : row.graded().components().stream()
                        .filter(component -> !component.pass())
                        .map(JUnitXml::line)
                        .collect(Collectors.joining("\n"));
        return String.format(Locale.ROOT, "Score: %.4f\nFailed assertions:\n%s", row.score(), failed);
    }

    private static String line(Graded component) {
        String type = component.assertion() == null ? "" : component.assertion().type();
        return "- " + type + ": " + component.reason();
    }

    private static void counts(XMLStreamWriter xml, Tally tally) throws XMLStreamException {
        xml.writeAttribute("tests", String.valueOf(tally.total()));
        xml.writeAttribute("failures", String.valueOf(tally.failed()));
        xml.writeAttribute("errors", String.valueOf(tally.errors()));
        xml.writeAttribute("time", seconds(tally.latencyMs()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static void newline(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** XML does not allow some characters; they become U+FFFD. */
    private static String clean(Suite suite, String text) {
        return suite.secrets()
                .masked(text)
                .codePoints()
                .map(c -> isAllowed(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
