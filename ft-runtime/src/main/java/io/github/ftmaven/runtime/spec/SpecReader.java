package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a spec strictly: an unknown key, a value of the wrong type or out of range, or a missing key is an error.
 *
 * <p>It reports all mistakes of a file at once, one per line, with line and column:
 *
 * <pre>src/main/ft/fine-tune.yaml:12:3: unknown key 'learningrate' in training; did you mean 'learningRate'?</pre>
 *
 * <p>The YAML is version 1.2 with its core schema. Aliases work; merge keys, custom tags and multiple
 * documents are rejected.
 */
public final class SpecReader {
    private SpecReader() {}

    /** Reads a file that messages call {@code file}; see {@link #read(Path, String)}. */
    public static FineTuneSpec read(Path file) {
        return read(file, file.toString());
    }

    /**
     * Reads a file.
     *
     * @param file the YAML file; paths in it stay as written
     * @param shownAs the file's name in messages, such as a path relative to the working directory
     * @return the spec with every default filled in
     * @throws InvalidInputException where the file cannot be read or is not a valid spec
     */
    public static FineTuneSpec read(Path file, String shownAs) {
        return read(file, shownAs, UnaryOperator.identity());
    }

    /**
     * Reads a file in which names of models and adapters are replaced.
     *
     * @param names maps {@code base.model}, {@code adapter.startFrom} and remote data to what they stand for; an {@link
     *     InvalidInputException} from it is reported as a mistake at that place of the file
     */
    public static FineTuneSpec read(Path file, String shownAs, UnaryOperator<String> names) {
        return parse(bytes(file, shownAs), shownAs, names);
    }

    /**
     * The bytes of a spec's file, for {@link #parse}.
     *
     * @throws InvalidInputException where the file cannot be read
     */
    public static byte[] bytes(Path file, String shownAs) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(shownAs + ": no such file. Write the spec there.", e);
        } catch (IOException e) {
            throw new InvalidInputException(shownAs + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /** Reads a spec that does not have its own file; see {@link #read(Path, String)}. */
    public static FineTuneSpec parse(byte[] bytes, String file) {
        return parse(bytes, file, UnaryOperator.identity());
    }

    /** Reads a spec in which names are replaced; see {@link #read(Path, String, UnaryOperator)}. */
    public static FineTuneSpec parse(byte[] bytes, String file, UnaryOperator<String> names) {
        Node root = Yaml.parse(bytes, file);
        if (root == null || root.getTag().equals(Tag.NULL)) {
            throw new InvalidInputException(
                    file + ": the file is empty; base.model, dataset.train and dataset.test are required");
        }
        Problems problems = new Problems(file);
        NodeReader reader = new NodeReader(Defaults.SHAPE, problems);
        ObjectNode spec = Defaults.under(reader.read(root, Defaults.SHAPE));
        reader.reportMissing();
        SpecKeys keys = new SpecKeys(spec, reader.places(), problems);
        new SourceNames(spec, keys).replace(names);
        ReplicaRules.fillIn(spec);
        new SpecRules(keys).check();
        problems.throwIfAny();
        return SpecBinder.bind(spec);
    }
}
