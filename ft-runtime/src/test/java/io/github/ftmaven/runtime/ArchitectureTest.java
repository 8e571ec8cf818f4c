package io.github.ftmaven.runtime;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;

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

    @ArchTest
    static void aNameMeansOneClass(JavaClasses classes) {
        ClassNames.assertMeanOneClass(classes);
    }

    @ArchTest
    static void roomsLookDownOnly(JavaClasses classes) throws IOException {
        new Rooms("ft-runtime", "io.github.ftmaven.runtime").assertLookDownOnly(classes);
    }

    @ArchTest
    static void everyRoomIsListed(JavaClasses classes) throws IOException {
        new Rooms("ft-runtime", "io.github.ftmaven.runtime").assertAllListed(classes);
    }
}
