package io.github.ftmaven.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.stream.Collectors;

/** The rule for the names of classes; for the tests of both modules. */
public final class ClassNames {
    private ClassNames() {}

    /** A name means one class, in whatever room it stands. Nested classes have the name of their outer class before theirs. */
    public static void assertMeanOneClass(JavaClasses classes) {
        Map<String, Long> counts = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(counts)
                .isNotEmpty()
                .allSatisfy((name, count) ->
                        assertThat(count).as("classes with the name %s", name).isEqualTo(1));
    }
}
