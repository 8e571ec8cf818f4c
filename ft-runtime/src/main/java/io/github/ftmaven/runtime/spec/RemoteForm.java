package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.RemoteFiles;
import io.github.ftmaven.runtime.hub.HubDataFiles;
import java.util.regex.Pattern;

/** The form of names of files that are not the project's own. */
final class RemoteForm {
    private static final String PART = "[A-Za-z0-9_.+-]+";
    private static final Pattern ARTIFACT = Pattern.compile(RemoteFiles.REPOSITORY + PART + ":" + PART + ":" + PART
            + "(?::" + PART + "(?::" + PART + ")?)?(?:!(?<file>.+))?");

    private RemoteForm() {}

    /**
     * Checks a name. Whether a revision may float, and which types of artifact there are, is known only where it is
     * fetched.
     *
     * @throws InvalidInputException if the name is malformed
     */
    static void check(String name) {
        if (name.startsWith(RemoteFiles.HUB)) {
            HubDataFiles.parse(name, true);
            return;
        }
        var matcher = ARTIFACT.matcher(name);
        if (!matcher.matches() || (matcher.group("file") != null && !HubDataFiles.isPath(matcher.group("file")))) {
            throw new InvalidInputException(name + ": not a file of an artifact. Write"
                    + " mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]], and for a file in a jar or zip !FILE behind it,"
                    + " such as mvn:com.acme:clauses:1.0!data/train.jsonl.");
        }
    }
}
