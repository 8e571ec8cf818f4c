package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What users and IDEs are told about the goals. */
class DescriptorTest {
    /** Those of the lifecycle. */
    private static final Set<String> GOALS = Set.of("validate", "dataset", "train", "package", "evaluate", "check");

    /** Those that need no project. */
    private static final Set<String> OTHERS = Set.of(
            "distill", "explain", "fetch", "help", "monitor", "plan", "render", "generate", "promptfoo", "import");

    private static Document descriptor;
    private static Document lifecycle;
    private static Document eclipse;

    @BeforeAll
    static void readDescriptors() throws Exception {
        descriptor = read("/META-INF/maven/plugin.xml");
        lifecycle = read("/META-INF/plexus/components.xml");
        eclipse = read("/META-INF/m2e/lifecycle-mapping-metadata.xml");
    }

    @Test
    void hasTheseGoals() {
        assertThat(goals().map(goal -> text(goal, "goal")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(GOALS.stream(), OTHERS.stream()).toList());
    }

    @Test
    void everyGoalIsThreadSafeAndDescribed() {
        assertThat(goals()).allSatisfy(goal -> {
            assertThat(text(goal, "threadSafe")).isEqualTo("true");
            assertThat(text(goal, "description")).isNotBlank();
        });
    }

    @Test
    void everyParameterIsDescribedAndDated() {
        List<Element> parameters = goals().filter(goal -> !text(goal, "goal").equals("help"))
                .flatMap(goal -> elements(goal.getElementsByTagName("parameter")))
                .toList();
        assertThat(parameters).hasSizeGreaterThan(40).allSatisfy(parameter -> {
            assertThat(text(parameter, "description"))
                    .as(text(parameter, "name"))
                    .isNotBlank();
            assertThat(text(parameter, "since")).as(text(parameter, "name")).matches("[0-9]+[.][0-9]+[.][0-9]+");
            assertThat(new ComparableVersion(text(parameter, "since")))
                    .as(text(parameter, "name"))
                    .isLessThanOrEqualTo(releasedNext());
        });
    }

    /** Maven has parameters in fields only, so goals without a common class repeat them. */
    @Test
    void aPropertyMeansTheSameInEveryGoal() {
        Map<String, Set<String>> meanings = new TreeMap<>();
        goals().flatMap(goal -> elements(goal.getElementsByTagName("configuration")))
                .flatMap(configuration -> elements(configuration.getElementsByTagName("*")))
                .filter(value -> value.getTextContent().startsWith("${ft."))
                .forEach(value -> meanings.computeIfAbsent(value.getTextContent(), property -> new TreeSet<>())
                        .add(value.getTagName() + " of " + value.getAttribute("implementation") + " by default "
                                + value.getAttribute("default-value")));
        meanings.remove("${ft.output}"); // of ft:promptfoo several files, as of promptfoo
        assertThat(meanings)
                .containsKey("${ft.baseline.onUnavailable}")
                .allSatisfy(
                        (property, meaning) -> assertThat(meaning).as(property).hasSize(1));
    }

    @Test
    void everyGoalCanBeSkipped() {
        assertThat(goals().filter(goal -> GOALS.contains(text(goal, "goal"))))
                .allSatisfy(goal -> assertThat(text(goal, "configuration"))
                        .contains("${ft.skip}", "${ft." + text(goal, "goal") + ".skip}"));
    }

    @Test
    void thePackagingBindsEveryGoalOfThisVersion() {
        Element phases = (Element) lifecycle.getElementsByTagName("phases").item(0);
        Set<String> bound = new TreeSet<>();
        for (String phase :
                List.of("validate", "process-resources", "compile", "package", "integration-test", "verify")) {
            bound.add(text(phases, phase));
        }
        String group = text(descriptor.getDocumentElement(), "groupId");
        String version = text(descriptor.getDocumentElement(), "version");
        assertThat(bound)
                .containsExactlyInAnyOrderElementsOf(GOALS.stream()
                        .map(goal -> group + ":ft-maven-plugin:" + version + ":" + goal)
                        .toList());
        assertThat(text(phases, "install")).matches("org.apache.maven.plugins:maven-install-plugin:[0-9.]+:install");
        assertThat(text(phases, "deploy")).matches("org.apache.maven.plugins:maven-deploy-plugin:[0-9.]+:deploy");
    }

    @Test
    void eclipseIsToldAboutEveryGoal() {
        assertThat(elements(eclipse.getElementsByTagName("goal")).map(Element::getTextContent))
                .containsExactlyInAnyOrderElementsOf(GOALS);
    }

    private static ComparableVersion releasedNext() {
        return new ComparableVersion(
                text(descriptor.getDocumentElement(), "version").replace("-SNAPSHOT", ""));
    }

    private static Stream<Element> goals() {
        return elements(descriptor.getElementsByTagName("mojo"));
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    /** The text of the first element of that name below, or nothing. */
    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }

    private static Document read(String resource) throws Exception {
        try (InputStream in = DescriptorTest.class.getResourceAsStream(resource)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }
}
