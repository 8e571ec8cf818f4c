package io.github.ftmaven.plugin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
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
import io.github.ftmaven.runtime.ClassNames;
import io.github.ftmaven.runtime.Records;
import io.github.ftmaven.runtime.Rooms;
import java.io.IOException;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** The walls between the rooms of the plugin. */
@AnalyzeClasses(packages = "io.github.ftmaven.plugin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyMojosAreAnnotated = noClasses()
            .that()
            .resideOutsideOfPackage("..plugin.mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.maven.plugins.annotations..");

    @ArchTest
    static final ArchRule nobodyIsNamed = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("javax.inject.Named")
            .because("Maven before 3.9.6 silently overlooks @Named on classes compiled for Java 17");

    @ArchTest
    static final ArchRule noEngineInMaven =
            noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule onlyWorkersTrain = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..runtime.torch..", "..runtime.training..", "..runtime.generation..");

    @ArchTest
    static final ArchRule onlyTheRepositoryRoomResolves = noClasses()
            .that()
            .resideOutsideOfPackages("..plugin.repository..", "..plugin.inputs..", "..plugin.mojo..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse.aether..")
                    .and(not(type(DependencyResolutionException.class)))); // which others only pass on

    @ArchTest
    static final ArchRule recordsStaySmall = Records.STAY_SMALL;

    @ArchTest
    static final ArchRule jsonIsReadWithinOurLimits = noClasses()
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
        new Rooms("ft-maven-plugin", "io.github.ftmaven.plugin").assertLookDownOnly(classes);
    }

    @ArchTest
    static void everyRoomIsListed(JavaClasses classes) throws IOException {
        new Rooms("ft-maven-plugin", "io.github.ftmaven.plugin").assertAllListed(classes);
    }
}
