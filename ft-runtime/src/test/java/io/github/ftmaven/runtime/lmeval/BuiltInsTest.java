package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Python file beside a task is known by its digest, whatever it is called. lm-eval's own are not here: one is made up. */
class BuiltInsTest {
    private static final String SOURCE = """
            # Copyright

            def process_docs(dataset):
                # every row
                return dataset.map(query)
            """;

    /** Of the lines of {@link #SOURCE} that count, by {@code sha256sum}. */
    private static final String DIGEST = "9b5db1baa2d2fa17030e23d2abf4ee3a93449d5e37cc7c39ce83b2770e20fb40";

    private static final Map<String, String> MODULES = Map.of(DIGEST, "hellaswag.utils");

    @TempDir
    Path directory;

    private Optional<BuiltIn> find(String function) {
        return BuiltIns.of(new PythonFunction(function, directory, "t.yaml:1:1"), MODULES);
    }

    private void write(String file, String source) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), source);
    }

    @Test
    void isKnownByTheDigestOfItsFile() throws IOException {
        assertThat(BuiltIns.digest(SOURCE)).isEqualTo(DIGEST);
        write("helpers.py", SOURCE);
        assertThat(find("helpers.process_docs")).containsInstanceOf(BuiltIn.Docs.class);
    }

    @Test
    void isTheFunctionOfThatModule() throws IOException {
        write("helpers.py", SOURCE);
        Map<Object, Object> row = Map.of(
                "ctx_a", "A man", "ctx_b", "sits", "activity_label", "Rest", "endings", List.of("a"), "label", "0");
        BuiltIn.Docs docs = (BuiltIn.Docs) find("helpers.process_docs").orElseThrow();
        assertThat(docs.row().apply(row))
                .containsEntry("query", "Rest: A man Sits")
                .containsEntry("gold", 0L);
        assertThat(find("helpers.process_results")).isEmpty();
    }

    @Test
    void commentsAndBlankLinesDoNotCount() throws IOException {
        write("sub/helpers.py", SOURCE.replace("# Copyright", "# Another").replace("\n", "  \n\n"));
        assertThat(find("sub.helpers.process_docs")).isPresent();
    }

    @Test
    void aFileThatDoesSomethingElseIsNotKnownWhateverItsName() throws IOException {
        write("utils.py", SOURCE.replace("query", "other"));
        assertThat(find("utils.process_docs")).isEmpty();
        String full = "lm_eval.tasks.hellaswag.utils.process_docs";
        assertThat(find(full)).isPresent();
        write("lm_eval/tasks/hellaswag/utils.py", SOURCE.replace("query", "other"));
        assertThat(find(full)).isEmpty();
    }

    @Test
    void aFileThatIsNoTextIsNotKnown() throws IOException {
        Files.write(directory.resolve("helpers.py"), "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(find("helpers.process_docs")).isEmpty();
    }
}
