package io.github.ftmaven.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    @TempDir
    Path project;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectories(project.resolve("ft/data/more"));
        for (String file : List.of("b.jsonl", "a.jsonl", "c.csv", ".hidden.jsonl", "more/d.jsonl")) {
            Files.writeString(project.resolve("ft/data").resolve(file), "");
        }
    }

    @Test
    void findsPathsAndGlobs() {
        assertThat(find("data/b.jsonl", "data/*.jsonl")).containsExactly("ft/data/b.jsonl", "ft/data/a.jsonl");
        assertThat(find("data/*")).containsExactly("ft/data/a.jsonl", "ft/data/b.jsonl", "ft/data/c.csv");
        assertThat(find("data/**.jsonl")).containsExactly("ft/data/a.jsonl", "ft/data/b.jsonl", "ft/data/more/d.jsonl");
        assertThat(find("*/{more/d,a}.jsonl")).containsExactly("ft/data/a.jsonl", "ft/data/more/d.jsonl");
        assertThat(find("../ft/data/[a-c].*")).containsExactly("ft/data/a.jsonl", "ft/data/b.jsonl", "ft/data/c.csv");
        assertThat(find(project.resolve("ft/data/c.csv").toString())).containsExactly("ft/data/c.csv");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertRefused("data/aa.jsonl", "dataset.train: ft/data/aa.jsonl: no such file. Did you mean 'a.jsonl'?");
        assertRefused("nowhere/x.jsonl", "dataset.train: ft/nowhere/x.jsonl: no such file.");
        assertRefused("data", "dataset.train: ft/data is a directory. Name its files, such as ft/data/*.jsonl.");
        assertRefused("data/*.json", "dataset.train: 'data/*.json' matches no file in ft/data.");
        assertRefused("nowhere/*.json", "dataset.train: 'nowhere/*.json' matches no file in ft/nowhere.");
        assertRefused("data/[a.jsonl", "dataset.train: 'data/[a.jsonl' is not a path or glob: ");
    }

    @Test
    void globsEnterLinkedDirectories() throws IOException {
        Path elsewhere = Files.createDirectories(project.resolve("elsewhere/deep"));
        Files.writeString(elsewhere.resolve("e.jsonl"), "");
        Files.createSymbolicLink(project.resolve("ft/linked"), project.resolve("elsewhere"));
        assertThat(find("linked/deep/*.jsonl", "linked/**.jsonl", "**/e.jsonl"))
                .containsExactly("ft/linked/deep/e.jsonl");
        Files.createSymbolicLink(project.resolve("ft/data/far"), elsewhere);
        assertThat(find("data/far/*.jsonl")).containsExactly("ft/data/far/e.jsonl");
        assertThat(find("data/*/e.jsonl")).containsExactly("ft/data/far/e.jsonl");
    }

    /** Otherwise its rows would be learnt twice. */
    @Test
    void aFileThatLinksGiveTwoNamesIsTakenOnce() throws IOException {
        Files.createSymbolicLink(project.resolve("ft/data/z.jsonl"), project.resolve("ft/data/b.jsonl"));
        assertThat(find("data/*.jsonl")).containsExactly("ft/data/a.jsonl", "ft/data/b.jsonl");
    }

    @Test
    void linksThatLeadBackAreNotFollowedForEver() throws IOException {
        Files.createSymbolicLink(project.resolve("ft/data/more/up"), project.resolve("ft/data"));
        Files.createSymbolicLink(project.resolve("ft/data/gone"), project.resolve("nowhere"));
        assertThat(find("data/**.jsonl")).containsExactly("ft/data/a.jsonl", "ft/data/b.jsonl", "ft/data/more/d.jsonl");
    }

    /** A path with steps upwards is resolved by the system, which follows links first. */
    @Test
    void showsPathsThatTheSystemFindsFromALinkedProject() throws IOException {
        Files.createDirectories(project.resolve("deep/er/project"));
        Path link = Files.createSymbolicLink(project.resolve("link"), project.resolve("deep/er/project"));
        ProjectPaths paths = new ProjectPaths(link);
        assertThat(paths.show(link.resolve("target/x"))).isEqualTo("target/x");
        assertThat(paths.show(project.resolve("deep/er/project/target/x"))).isEqualTo("target/x");
        assertThat(paths.show(project.resolve("out/x"))).isEqualTo("../../../out/x");
    }

    @Test
    void showsPathsOutsideTheProject() {
        assertThat(new ProjectPaths(project.resolve("ft")).show(project.resolve("x/y.csv")))
                .isEqualTo("../x/y.csv");
    }

    private void assertRefused(String pattern, String message) {
        assertThatThrownBy(() -> find(pattern))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    private List<String> find(String... patterns) {
        ProjectPaths paths = new ProjectPaths(project);
        return new DataFiles(project.resolve("ft"), paths)
                .find("dataset.train", Arrays.asList(patterns)).stream()
                        .map(paths::show)
                        .toList();
    }
}
