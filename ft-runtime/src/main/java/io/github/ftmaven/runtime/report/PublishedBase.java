package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.error.PrintableText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How people who only have the fine-tune can find the base model.
 *
 * @param declared the name in the spec; a hub's model without its prefix
 * @param revision the commit of a hub's model; null for a model from elsewhere
 */
public record PublishedBase(String declared, @Nullable String revision) {
    private static final String MAVEN = "mvn:";

    /** The placeholder in commands for a base that programs cannot fetch. */
    private static final String DIRECTORY = "base";

    private boolean isArtifact() {
        return declared.startsWith(MAVEN);
    }

    /** Whether programs can fetch it by its name. */
    boolean isOnHub() {
        return revision != null;
    }

    /** Its public name. A path reveals details of the machine, so only its last name is published. */
    String name() {
        return isArtifact() ? declared.substring(MAVEN.length()) : ModelCard.publicName(declared);
    }

    /** The name that a program can load. */
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

    /** A paragraph about how to get it; empty if programs can fetch it. */
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
                        "\nThe base model was the directory %s on the training machine; `%s` stands for a copy of it.\n",
                        Escape.code(name()),
                        DIRECTORY);
    }

    /** The same as a comment line. */
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
