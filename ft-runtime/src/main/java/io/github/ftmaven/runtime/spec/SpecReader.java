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
 * <p>All mistakes of a file are reported at once, each on a line of its own with line and column:
 *
 * <pre>src/main/ft/fine-tune.yaml:12:3: unknown key 'learningrate' in training; did you mean 'learningRate'?</pre>
 *
 * <p>The YAML is version 1.2 with its core schema. Aliases work; merge keys, tags of one's own and several documents
 * are refused.
 */
public final class SpecReader {
    private SpecReader() {}

    /** Reads a file that messages name by {@code file} as it is; see {@link #read(Path, String)}. */
    public static FineTuneSpec read(Path file) {
        return read(file, file.toString());
    }

    /**
     * Reads a file.
     *
     * @param file the YAML file; paths in it stay as they are written
     * @param shownAs the file as messages name it, as a path relative to where the user works
     * @return the spec with every default filled in
     * @throws InvalidInputException where the file cannot be read or is not a valid spec
     */
    public static FineTuneSpec read(Path file, String shownAs) {
        return read(file, shownAs, UnaryOperator.identity());
    }

    /**
     * Reads a file in which names of models and adapters stand for others.
     *
     * @param names what {@code base.model} or {@code adapter.startFrom} stands for; an {@link InvalidInputException} of it is
     *     a mistake at that place of the file
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

    /** Reads a spec that is not in a file of its own; see {@link #read(Path, String)}. */
    public static FineTuneSpec parse(byte[] bytes, String file) {
        return parse(bytes, file, UnaryOperator.identity());
    }

    /** Reads a spec in which names stand for others; see {@link #read(Path, String, UnaryOperator)}. */
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
        new SourceNames(spec, reader.places(), problems).replace(names);
        new SpecRules(spec, reader.places(), problems).check();
        problems.throwIfAny();
        return SpecBinder.bind(spec);
    }
}
