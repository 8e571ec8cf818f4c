package io.github.ftmaven.runtime;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The walls between the rooms of the runtime; see ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.github.ftmaven.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoMaven =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.maven..");

    @ArchTest
    static final ArchRule onlyTorchMeetsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackages("..runtime.torch..", "..runtime.chat..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule chatMeetsOnlyTheTokenizer = noClasses()
            .that()
            .resideInAPackage("..runtime.chat..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..", "ai.djl.ndarray..", "ai.djl.engine..");

    @ArchTest
    static final ArchRule acceptanceNeverMeetsTheEngine = noClasses()
            .that()
            .resideInAnyPackage("..runtime.acceptance..", "..runtime.report..", "..runtime.scores..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..runtime.torch..", "..runtime.training..", "..runtime.generation..");

    @ArchTest
    static final ArchRule recordsStaySmall = Records.STAY_SMALL;

    @ArchTest
    static final ArchRule jsonIsReadWithinOurLimits = noClasses()
            .that()
            .doNotBelongToAnyOf(Json.class)
            .should()
            .accessTargetWhere(target(owner(assignableTo(TokenStreamFactory.class)
                            .or(assignableTo(TSFBuilder.class))
                            .or(assignableTo(ObjectMapper.class))
                            .or(assignableTo(MapperBuilder.class))))
                    .and(target(nameMatching("<init>|builder"))))
            .because("Jackson's own limits end in exceptions that tell a user no place; runtime.error.Json has ours");

    /** ARCHITECTURE.md lists the rooms from the bottom up; none may look up. */
    @ArchTest
    static void roomsLookDownOnly(JavaClasses classes) throws IOException {
        List<String> rooms = Rooms.listed("ft-runtime");
        for (int i = 0; i < rooms.size(); i++) {
            String[] above = rooms.subList(i + 1, rooms.size()).stream()
                    .map(room -> "io.github.ftmaven.runtime." + room + "..")
                    .toArray(String[]::new);
            if (above.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("io.github.ftmaven.runtime." + rooms.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .check(classes);
            }
        }
    }

    @ArchTest
    static void everyRoomIsListed(JavaClasses classes) throws IOException {
        Set<String> rooms = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.github.ftmaven.runtime."))
                .map(name -> name.split("\\.", -1)[4])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Rooms.listed("ft-runtime")).containsExactlyInAnyOrderElementsOf(rooms);
    }
}
