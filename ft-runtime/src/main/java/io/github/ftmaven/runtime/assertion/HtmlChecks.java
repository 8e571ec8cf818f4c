package io.github.ftmaven.runtime.assertion;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * {@code is-html} and {@code contains-html}. The first uses an HTML5 parser, which accepts any text, so it requires
 * HTML elements in the source and no text outside them. The second requires two signs of HTML.
 */
final class HtmlChecks {
    private static final int LONGEST = 10 * 1024 * 1024;

    private static final Pattern XML = Pattern.compile("^<\\?xml", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WRAPPERS = Set.of("html", "head", "body");

    /** The elements of the HTML standard, without obsolete ones. */
    private static final Set<String> ELEMENTS = Set.of(
            ("a abbr address area article aside audio b base bdi bdo blockquote br button canvas caption cite code col"
                            + " colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption"
                            + " figure footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label legend"
                            + " li link main map mark math menu meta meter nav noscript object ol optgroup option output"
                            + " p param picture pre progress q rp rt ruby s samp script section select slot small source"
                            + " span strong style sub summary sup svg table tbody td template textarea tfoot th thead"
                            + " time title tr track u ul var video wbr")
                    .split(" "));

    private HtmlChecks() {}

    static Outcome containsHtml(Subject s) {
        boolean found = s.text().length() <= LONGEST && HtmlMarks.count(s.text()) >= 2;
        return Outcome.of(found != s.inverse(), "Expected output to " + s.not() + "contain HTML content");
    }

    static Outcome isHtml(Subject s) {
        String problem = problem(Js.trim(s.text()));
        return Outcome.of(problem.isEmpty() != s.inverse(), problem.isEmpty() ? "Output is valid HTML" : problem);
    }

    private static String problem(String text) {
        if (text.isEmpty()) {
            return "Output is empty";
        }
        if (text.length() > LONGEST) {
            return "Output exceeds maximum size limit";
        }
        if (XML.matcher(text).find()) {
            return "Output appears to be XML, not HTML";
        }
        Document document = Parser.htmlParser().setTrackPosition(true).parseInput(text, "");
        String lower = text.toLowerCase(Locale.ROOT);
        Element body = document.selectFirst("html > body");
        if (body != null && !isWritten(body, lower) && hasText(body)) {
            return "Output must be wrapped in HTML tags";
        }
        return document.getAllElements().stream().anyMatch(element -> isHtml(element, lower))
                ? ""
                : "Output does not contain recognized HTML elements";
    }

    private static boolean hasText(Element body) {
        return body.childNodes().stream()
                .anyMatch(node -> node instanceof TextNode text
                        && !Js.trim(text.getWholeText()).isEmpty());
    }

    private static boolean isHtml(Element element, String text) {
        String name = element.normalName();
        return WRAPPERS.contains(name) ? isWritten(element, text) : ELEMENTS.contains(name) || name.contains("-");
    }

    /** Whether the source contains an element; otherwise the parser added it. */
    private static boolean isWritten(Element element, String text) {
        boolean stands = Pattern.compile("<" + element.normalName() + "(?=[/>]|" + Js.SPACE + ")")
                .matcher(text)
                .find();
        return stands
                && element.sourceRange().isTracked()
                && !element.sourceRange().isImplicit();
    }
}
