package io.github.ftmaven.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
    static final ArchRule noCycles =
            slices().matching("io.github.ftmaven.runtime.(*)..").should().beFreeOfCycles();
}
