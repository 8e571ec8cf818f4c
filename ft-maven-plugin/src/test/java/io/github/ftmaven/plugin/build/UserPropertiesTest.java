package io.github.ftmaven.plugin.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.build.UserProperties.Given;
import io.github.ftmaven.plugin.build.UserProperties.Kind;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPropertiesTest {
    private final UserProperties properties = new UserProperties(Map.of(
            "ft.device", Set.of(Kind.TEXT),
            "ft.threads", Set.of(Kind.WHOLE),
            "ft.passRate", Set.of(Kind.NUMBER),
            "ft.argLine", Set.of(Kind.TEXT),
            "ft.cacheDirectory", Set.of(Kind.FILE),
            "ft.output", Set.of(Kind.FILE, Kind.TEXT),
            "ft.train.skip", Set.of(Kind.BOOLEAN)));

    @Test
    void suggestsWhatWasMeant() {
        assertThatThrownBy(() -> onCommandLine(Map.of("ft.devise", "cpu", "skipTests", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.devise: there is no such property of this plugin. Did you mean 'ft.device'?"
                        + " mvn ft:help -Ddetail lists them.");
    }

    @Test
    void leavesOthersAlone() {
        assertThat(onCommandLine(Map.of("ft.device", "cpu", "skipTests", "", "ftp.proxy", "")))
                .isEmpty();
    }

    @Test
    void namesEveryMistake() {
        assertThatThrownBy(() -> onCommandLine(Map.of("FT.device", "cpu", "ft.train.skip", "yes")))
                .hasMessage("-DFT.device: there is no such property of this plugin. Did you mean 'ft.device'?"
                        + " mvn ft:help -Ddetail lists them.\n"
                        + "-Dft.train.skip is yes: write true or false.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ft.train.skip     | ture         | -Dft.train.skip is ture: write true or false.
            ft.train.skip     | ''           | -Dft.train.skip is empty. Set a value or remove it.
            ft.threads        | two          | -Dft.threads is two: write a whole number.
            ft.threads        | 1.5          | -Dft.threads is 1.5: write a whole number.
            ft.passRate       | 95%          | -Dft.passRate is 95%: write a number.
            ft.cacheDirectory | ''           | -Dft.cacheDirectory is empty. Set a value or remove it.
            ft.cacheDirectory | '  '         | -Dft.cacheDirectory is empty. Set a value or remove it.
            ft.cacheDirectory | ${env.FT}/ft | -Dft.cacheDirectory is ${env.FT}/ft: the property in braces is not set.
            """)
    void refusesWhatAParameterDoesNotTake(String name, String value, String message) {
        assertThatThrownBy(() -> onCommandLine(Map.of(name, value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ft.train.skip=TRUE", "ft.threads=-1", "ft.passRate=.5", "ft.argLine=", "ft.output=${x}"})
    void takesWhatAnyGoalTakes(String given) {
        String[] pair = given.split("=", 2);
        assertThat(onCommandLine(Map.of(pair[0], pair[1]))).isEmpty();
    }

    @Test
    void seesThoseOfTheJvm() {
        assertThatThrownBy(() ->
                        properties.check(new Given(Map.of(), Map.of("ft.devise", "cpu"), Map.of()), none -> false))
                .hasMessageStartingWith(
                        "-Dft.devise, set in MAVEN_OPTS or .mvn/jvm.config: there is no such property of this plugin.");
    }

    @Test
    void warnsOfThoseOfThePomThatNobodyReads() {
        Map<String, String> pom = Map.of("ft.cacheDirectry", "x", "ft.version", "1.0", "maven.compiler.release", "17");
        assertThat(properties.check(new Given(Map.of(), Map.of(), pom), "ft.version"::equals))
                .isEqualTo(
                        List.of("The pom or the settings set the property ft.cacheDirectry, but no goal of this plugin"
                                + " reads it. Did you mean 'ft.cacheDirectory'?"));
    }

    @Test
    void thePomMayReadOneOfItsOwn() {
        assertThat(properties.check(
                        new Given(Map.of("ft.version", "1.0"), Map.of(), Map.of("ft.version", "0.9")),
                        "ft.version"::equals))
                .isEmpty();
    }

    @Test
    void refusesValuesOfThePomToo() {
        assertThatThrownBy(() -> properties.check(
                        new Given(Map.of(), Map.of(), Map.of("ft.train.skip", "on", "ft.device", "")), none -> false))
                .hasMessage("The property ft.device of the pom or the settings is empty. Set a value or remove it.\n"
                        + "The property ft.train.skip of the pom or the settings is on: write true or false.");
    }

    @Test
    void aPropertyOfTheCommandLineStandsBeforeThatOfThePom() {
        assertThat(properties.check(
                        new Given(Map.of("ft.device", "cpu"), Map.of("ft.device", ""), Map.of("ft.device", "")),
                        none -> false))
                .isEmpty();
    }

    private List<String> onCommandLine(Map<String, String> given) {
        return properties.check(new Given(given, Map.of(), Map.of()), none -> false);
    }
}
