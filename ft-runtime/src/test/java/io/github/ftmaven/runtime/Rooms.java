package io.github.ftmaven.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rooms of a module, which ARCHITECTURE.md lists from the bottom up; for the tests of both modules. */
public final class Rooms {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

    private final String root;
    private final List<String> listed;

    /**
     * The rooms of a module.
     *
     * @param module its directory
     * @param root the package that contains its rooms
     */
    public Rooms(String module, String root) throws IOException {
        this.root = root;
        String text = Files.readString(Path.of("../ARCHITECTURE.md"));
        String heading = "## The rooms of " + module + "\n";
        String section = text.substring(text.indexOf(heading) + heading.length());
        listed = ROW.matcher(section.substring(0, section.indexOf("\n## ")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    /** None may look up. */
    public void assertLookDownOnly(JavaClasses classes) {
        for (int i = 0; i < listed.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(inside(listed.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(listed.subList(i + 1, listed.size()).stream()
                            .map(this::inside)
                            .toArray(String[]::new))
                    .check(classes);
        }
    }

    private String inside(String room) {
        return root + "." + room + "..";
    }

    /** Every package is a room of the list, and every room of the list is a package. */
    public void assertAllListed(JavaClasses classes) {
        int depth = root.split("\\.", -1).length;
        Set<String> found = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(root + "."))
                .map(name -> name.split("\\.", -1)[depth])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(found);
    }
}
