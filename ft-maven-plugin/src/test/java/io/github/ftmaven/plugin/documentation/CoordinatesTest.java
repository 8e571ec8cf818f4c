package io.github.ftmaven.plugin.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The group and the version that the documentation and the examples tell users to write are the poms'. */
class CoordinatesTest {
    private static final String ARTIFACT = "(?<artifact>ft-(?:runtime|langchain4j|maven-plugin))";

    private static final Pattern XML = Pattern.compile("<groupId>[^<]*</groupId>(?<gap>\\s*)<artifactId>" + ARTIFACT
            + "</artifactId>(?:(?<space>\\s*)<version>[^<]*</version>)?");

    private static final Pattern COLONS =
            Pattern.compile("[\\w.]+\\.[\\w.]+:" + ARTIFACT + ":(?<version>\\d[^:\\s]*)?");

    private static final Pattern PLUGIN_GROUP = Pattern.compile("<pluginGroup>[^<]*</pluginGroup>");

    private final Versions versions = Versions.current();
    private int found;

    @Test
    void areThoseOfThePoms() throws IOException {
        List<Path> files = new ArrayList<>(Documents.pages());
        files.addAll(Documents.below("examples", Set.of("xml")));
        files.addAll(Documents.below("tools", Set.of("mjs", "py", "sh")));
        for (Path file : files) {
            String text = Files.readString(file);
            String right = right(text);
            if (Boolean.getBoolean("regenerate") && !right.equals(text)) {
                Files.writeString(file, right);
            }
            assertThat(right)
                    .as(
                            "%s; to write it anew: mvn test -pl ft-maven-plugin -am -Dtest=CoordinatesTest"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true",
                            Documents.ROOT.relativize(file))
                    .isEqualTo(Files.readString(file));
        }
        assertThat(found).isGreaterThan(12);
    }

    @Test
    void othersAreFound() {
        String own = versions.group() + ":ft-runtime:" + versions.plugin();
        assertThat(right("mvn org.other:ft-maven-plugin:0.0.7:fetch, org.other:ft-maven-plugin:help, " + own))
                .isEqualTo(
                        "mvn %s:ft-maven-plugin:%s:fetch, %s:ft-maven-plugin:help, %s",
                        versions.group(), versions.plugin(), versions.group(), own);
        assertThat(right("<groupId>org.other</groupId>\n  <artifactId>ft-runtime</artifactId>"))
                .isEqualTo("<groupId>%s</groupId>\n  <artifactId>ft-runtime</artifactId>", versions.group());
        assertThat(right("<groupId>g</groupId> <artifactId>ft-runtime</artifactId><version>2</version>"))
                .isEqualTo(
                        "<groupId>%s</groupId> <artifactId>ft-runtime</artifactId><version>%s</version>",
                        versions.group(), versions.plugin());
        assertThat(right("<groupId>g</groupId><artifactId>other</artifactId><version>2</version> and ft-runtime"))
                .isEqualTo("<groupId>g</groupId><artifactId>other</artifactId><version>2</version> and ft-runtime");
    }

    /** The text with the coordinates that it should have. */
    private String right(String text) {
        String xml = XML.matcher(text).replaceAll(match -> {
            found++;
            String version =
                    match.group(3) == null ? "" : match.group(3) + "<version>" + versions.plugin() + "</version>";
            return Matcher.quoteReplacement("<groupId>" + versions.group() + "</groupId>" + match.group(1)
                    + "<artifactId>" + match.group(2) + "</artifactId>" + version);
        });
        String colons = COLONS.matcher(xml).replaceAll(match -> {
            found++;
            return Matcher.quoteReplacement(
                    versions.group() + ":" + match.group(1) + ":" + (match.group(2) == null ? "" : versions.plugin()));
        });
        return PLUGIN_GROUP
                .matcher(colons)
                .replaceAll(Matcher.quoteReplacement("<pluginGroup>" + versions.group() + "</pluginGroup>"));
    }
}
