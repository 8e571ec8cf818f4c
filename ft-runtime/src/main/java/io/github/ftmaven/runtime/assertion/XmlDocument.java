package io.github.ftmaven.runtime.assertion;

import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Checks whether a text is one well-formed XML document with namespaces. Nothing outside it is read: only the form of
 * a DOCTYPE is checked, and a DOCTYPE with declarations of its own is rejected.
 */
final class XmlDocument {
    private static final XMLInputFactory FACTORY = factory();
    private static final Pattern STANDALONE = Pattern.compile("standalone\\s*=\\s*[\"']yes[\"']");
    private static final Pattern PUBLIC_ID = Pattern.compile("[ \\r\\na-zA-Z0-9'()+,./:=?;!*#@$_%-]*");
    private static final Set<String> PREDEFINED = Set.of("amp", "lt", "gt", "quot", "apos");
    private static final String DOCTYPE = "<!DOCTYPE";

    private final String text;

    private XmlDocument(String text) {
        this.text = text;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    /** The problem of a text; empty if there is none. */
    static Optional<String> problem(String text) {
        return new XmlDocument(text.startsWith("\uFEFF") ? text.substring(1) : text).problem();
    }

    private Optional<String> problem() {
        int start = prologEnd();
        String document = text;
        boolean declaredElsewhere = false;
        if (text.startsWith(DOCTYPE, start)) {
            int end = doctypeEnd(start);
            if (end < 0) {
                return failed("the DOCTYPE is not closed");
            }
            String doctype = text.substring(start + DOCTYPE.length(), end);
            if (isBracketed(doctype)) {
                return Optional.of("DTD internal subsets are not supported by is-xml validation");
            }
            Optional<Boolean> external = external(doctype);
            if (external.isEmpty()) {
                return failed("Malformed DOCTYPE declaration");
            }
            boolean standalone = STANDALONE.matcher(text.substring(0, start)).find();
            declaredElsewhere = external.get() && !standalone;
            document = text.substring(0, start) + text.substring(end + 1);
        }
        Optional<String> undeclared = declaredElsewhere ? Optional.empty() : undeclaredEntity(document);
        if (undeclared.isPresent()) {
            return failed("undefined entity " + undeclared.get());
        }
        return parsed(declaredElsewhere ? withoutEntities(document) : document);
    }

    private static Optional<String> failed(String message) {
        return Optional.of("XML parsing failed: " + message);
    }

    private static Optional<String> parsed(String document) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(document));
            while (reader.hasNext()) {
                reader.next();
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return failed(String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")));
        }
    }

    /** The end of the white space, comments and instructions at the beginning. */
    private int prologEnd() {
        int i = 0;
        while (i < text.length()) {
            String mark = text.startsWith("<!--", i) ? "-->" : text.startsWith("<?", i) ? "?>" : "";
            if (!mark.isEmpty()) {
                int end = text.indexOf(mark, i);
                if (end < 0) {
                    return i;
                }
                i = end + mark.length();
            } else if (isSpace(text.charAt(i))) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }

    private int doctypeEnd(int start) {
        int brackets = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = text.indexOf(c, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '[' || c == ']') {
                brackets += c == '[' ? 1 : -1;
            } else if (c == '>' && brackets == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static int behindSpaces(String text, int start) {
        int i = start;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBracketed(String doctype) {
        for (int i = 0; i >= 0 && i < doctype.length(); i++) {
            char c = doctype.charAt(i);
            if (c == '[') {
                return true;
            }
            if (c == '"' || c == '\'') {
                i = doctype.indexOf(c, i + 1);
                if (i < 0) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether a DOCTYPE names a DTD; empty if it is malformed. */
    private static Optional<Boolean> external(String doctype) {
        int start = behindSpaces(doctype, 0);
        int end = XmlNames.end(doctype, start);
        int id = behindSpaces(doctype, end);
        if (start == 0 || end == start) {
            return Optional.empty();
        }
        if (id == doctype.length()) {
            return Optional.of(false);
        }
        boolean isPublic = doctype.startsWith("PUBLIC", id);
        if (id == end || !(isPublic || doctype.startsWith("SYSTEM", id))) {
            return Optional.empty();
        }
        int system = id + "SYSTEM".length();
        if (isPublic) {
            int behind = literalEnd(doctype, system);
            String literal = behind < 0 ? "" : doctype.substring(behindSpaces(doctype, system) + 1, behind - 1);
            if (behind < 0 || !PUBLIC_ID.matcher(literal).matches()) {
                return Optional.empty();
            }
            system = behind;
        }
        int behind = literalEnd(doctype, system);
        boolean valid = behind >= 0
                && doctype.substring(system, behind).indexOf('#') < 0
                && behindSpaces(doctype, behind) == doctype.length();
        return valid ? Optional.of(true) : Optional.empty();
    }

    /** The index after a literal that follows a space; -1 if there is none. */
    private static int literalEnd(String text, int from) {
        int start = behindSpaces(text, from);
        if (start == from || start == text.length() || (text.charAt(start) != '"' && text.charAt(start) != '\'')) {
            return -1;
        }
        int end = text.indexOf(text.charAt(start), start + 1);
        return end < 0 ? -1 : end + 1;
    }

    /** The first reference to an undeclared entity. */
    private static Optional<String> undeclaredEntity(String document) {
        return entities(document, new StringBuilder());
    }

    private static String withoutEntities(String document) {
        StringBuilder without = new StringBuilder();
        entities(document, without);
        return without.toString();
    }

    /** Copies a document without its references to undeclared entities, and returns the first of these. */
    private static Optional<String> entities(String document, StringBuilder without) {
        Optional<String> first = Optional.empty();
        int i = 0;
        while (i < document.length()) {
            String mark = document.startsWith("<!--", i)
                    ? "-->"
                    : document.startsWith("<![CDATA[", i) ? "]]>" : document.startsWith("<?", i) ? "?>" : "";
            int end = i + 1;
            if (!mark.isEmpty()) {
                end = document.indexOf(mark, i);
                end = end < 0 ? document.length() : end + mark.length();
            } else if (document.charAt(i) == '&') {
                int name = XmlNames.end(document, i + 1);
                boolean isReference = name > i + 1 && name < document.length() && document.charAt(name) == ';';
                if (isReference && !PREDEFINED.contains(document.substring(i + 1, name))) {
                    first = first.isEmpty() ? Optional.of(document.substring(i, name + 1)) : first;
                    i = name + 1;
                    continue;
                }
            }
            without.append(document, i, end);
            i = end;
        }
        return first;
    }
}
