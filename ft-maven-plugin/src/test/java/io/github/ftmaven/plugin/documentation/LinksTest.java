package io.github.ftmaven.plugin.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link of the documentation to a file or a heading of this repository leads somewhere. */
class LinksTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)(```+|~~~+).*?^ *\\2`* *$");
    private static final Pattern CODE = Pattern.compile("(`+)(?!`).+?(?<!`)\\1(?!`)", Pattern.DOTALL);
    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\s*\\)"),
            Pattern.compile("(?m)^ {0,3}\\[[^\\]]+\\]:\\s*(\\S+)"),
            Pattern.compile("(?:href|src)=\"([^\"]+)\""));
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6} +(.+?)(?: +#+)? *$");
    private static final Pattern ANCHOR = Pattern.compile("<[^>]+ (?:id|name)=\"([^\"]+)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*|//.*");

    private int links;

    @Test
    void leadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : Documents.pages()) {
            dead.addAll(dead(page));
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void everyPageOfTheDocumentationIsInTheMenuOfTheSite() throws IOException {
        String menu = Files.readString(Path.of("src/site/site.xml"));
        assertThat(Documents.below("docs", Set.of("md")))
                .hasSizeGreaterThan(10)
                .allSatisfy(page -> assertThat(menu)
                        .contains("href=\"" + page.getFileName().toString().replace(".md", ".html") + "\""));
    }

    @Test
    void deadOnesAreFound(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("docs"));
        Files.writeString(directory.resolve("docs/b.md"), """
                # The `Two` words, and_one
                ## Again
                ## Again
                ```
                # no heading
                ```
                <a id="here"></a>
                """);
        Path page = Files.writeString(directory.resolve("a.md"), """
                # One
                [a](#one) [b](docs/b.md) [c](docs) [d](https://example.com/none) [e](docs/b.md#the-two-words-and_one)
                [f](docs/b.md#again-1) [g](docs/b.md#here) ![h](docs/b.md "title") `[i](none.md)` ``[j](`none`.md)``
                ```
                [k](none.md)
                ```
                [l](none.md) [m](#two) [n](docs/b.md#again-2) [o](docs/b.md#no-heading) ![p](docs/none.png)
                [text over
                lines](docs/none.md "title") <img src="none.png"> <a href="docs/b.md">q</a>

                [r]: other.md
                """);
        assertThat(dead(page).stream().map(link -> link.replaceFirst(".*: ", "")))
                .containsExactlyInAnyOrder(
                        "none.md",
                        "#two",
                        "docs/b.md#again-2",
                        "docs/b.md#no-heading",
                        "docs/none.png",
                        "docs/none.md",
                        "none.png",
                        "other.md");
    }

    /** The links of a page that lead nowhere. */
    private List<String> dead(Path page) throws IOException {
        String text = prose(page);
        List<String> dead = new ArrayList<>();
        for (Pattern pattern : LINKS) {
            for (MatchResult match : pattern.matcher(text).results().toList()) {
                String link = match.group(1);
                if (!ELSEWHERE.matcher(link).matches()) {
                    links++;
                    if (!leads(page, link)) {
                        dead.add(page.getFileName() + ": " + link);
                    }
                }
            }
        }
        return dead;
    }

    private static boolean leads(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String name = hash < 0 ? link : link.substring(0, hash);
        Path target = name.isEmpty() ? page : page.resolveSibling(name).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || (target.toString().endsWith(".md") && anchors(target).contains(link.substring(hash + 1)));
    }

    /** The names of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        for (MatchResult heading : HEADING.matcher(text).results().toList()) {
            String words = heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
            String anchor = words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                    .replace(' ', '-');
            String unique = anchor;
            for (int i = 1; !anchors.add(unique); i++) {
                unique = anchor + "-" + i;
            }
        }
        ANCHOR.matcher(text).results().forEach(match -> anchors.add(match.group(1)));
        return anchors;
    }

    /** A page without its code, in which brackets are no links. */
    private static String prose(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        return CODE.matcher(text).replaceAll(Matcher.quoteReplacement("code"));
    }
}
