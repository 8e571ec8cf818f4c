package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.PrintableText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The base model as those who were given only the fine-tune find it.
 *
 * @param declared as the spec names it, a hub's without its prefix
 * @param revision the commit of a hub's model; null for a model that no hub has
 */
public record PublishedBase(String declared, @Nullable String revision) {
    private static final String MAVEN = "mvn:";

    /** What commands call a base that no program can fetch. */
    private static final String DIRECTORY = "base";

    private boolean isArtifact() {
        return declared.startsWith(MAVEN);
    }

    /** Whether programs fetch it by its name. */
    boolean isOnHub() {
        return revision != null;
    }

    /** What it is called. A path tells of the machine: only its last name is published. */
    String name() {
        return isArtifact() ? declared.substring(MAVEN.length()) : ModelCard.publicName(declared);
    }

    /** What a program is told to load. */
    String source() {
        return isOnHub() ? name() : DIRECTORY;
    }

    /** The arguments of {@code from_pretrained}. */
    String python() {
        return "\"" + source() + "\"" + (isOnHub() ? ", revision=\"" + revision + "\"" : "");
    }

    /** The arguments of {@code vllm serve}. */
    String vllm() {
        return source() + (isOnHub() ? " --revision " + revision : "");
    }

    /** What to do before anything can load it, as a sentence; empty where programs fetch it. */
    String howToGet() {
        if (isOnHub()) {
            return "";
        }
        return isArtifact()
                ? String.format(Locale.ROOT, """

                The base model is an artifact of a Maven repository; `%s` stands for the directory that holds its \
                `config.json`:

                ```sh
                %s
                ```
                """, DIRECTORY, unpack())
                : String.format(
                        Locale.ROOT,
                        "\nThe base model was a directory, %s, of the machine that trained; `%s` stands for a copy of it.\n",
                        Escape.code(name()),
                        DIRECTORY);
    }

    /** The same as a line of a comment. */
    String howToPlace() {
        return isArtifact()
                ? "Put the base's directory beside this file as " + DIRECTORY + ": " + unpack()
                : "Put the base's directory, " + PrintableText.line(name()) + ", beside this file as " + DIRECTORY
                        + ".";
    }

    private String unpack() {
        return "mvn dependency:unpack -Dartifact=" + name() + " -DoutputDirectory=" + DIRECTORY;
    }
}
