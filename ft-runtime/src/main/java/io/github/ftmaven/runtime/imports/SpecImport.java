package io.github.ftmaven.runtime.imports;

import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a configuration of Axolotl, LLaMA-Factory, AutoTrain or TRL, or a fine-tuning job of OpenAI, into a spec. Every
 * key of it is either carried over or listed in a comment, and no secret is copied.
 */
public final class SpecImport {
    private static final long MOST_BYTES = 1 << 20;

    private SpecImport() {}

    /**
     * Reads a configuration.
     *
     * @param shownAs the file's name in messages and comments
     * @return a spec that {@link SpecReader} accepts
     * @throws InvalidInputException if the file cannot be read, is not the configuration of such a program, or describes
     *     another kind of training
     */
    public static ImportedSpec read(Path file, String shownAs) {
        YamlTree tree = YamlTree.read(bytes(file, shownAs), shownAs);
        if (!tree.root().isObject()) {
            throw new InvalidInputException(shownAs + ": "
                    + (tree.root().isNull() ? "the file is empty" : "not a mapping of keys to values") + "; " + KNOWN);
        }
        ForeignConfig config = new ForeignConfig(tree, tree.root(), "");
        for (ForeignProgram program : List.of(
                new OpenAiImport(),
                new AutoTrainImport(),
                new AxolotlImport(),
                new LlamaFactoryImport(file),
                new TrlImport())) {
            if (program.recognizes(config)) {
                return carried(program, config, shownAs);
            }
        }
        throw new InvalidInputException(shownAs + ": not recognized; " + KNOWN);
    }

    private static final String KNOWN = "an import needs the training configuration of Axolotl (base_model, datasets),"
            + " LLaMA-Factory (model_name_or_path, stage), AutoTrain (task, base_model, params) or TRL"
            + " (model_name_or_path, dataset_name), or a fine-tuning job of OpenAI (model, training_file).";

    private static ImportedSpec carried(ForeignProgram program, ForeignConfig config, String shownAs) {
        SpecDraft draft = new SpecDraft(shownAs);
        program.carry(config, draft);
        if (!draft.has("dataset.test")) {
            draft.put("dataset.test", 0.1, "required here; better a file of its own");
        }
        draft.put("evaluation.metrics", List.of("perplexity"), "add metrics and acceptance rules: docs/acceptance.md");
        config.unread((key, value) -> draft.leave(key, value, Leftovers.reason(key)));
        String text = DraftText.of(draft, head(program, shownAs), foot(draft, config));
        try {
            SpecReader.parse(text.getBytes(StandardCharsets.UTF_8), "the spec");
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    shownAs + ": a value in it is not possible in a spec. Correct it there:\n" + e.getMessage(), e);
        }
        return new ImportedSpec(
                program.program(), text, draft.entries().size(), draft.left().size());
    }

    private static List<String> head(ForeignProgram program, String shownAs) {
        return List.of(
                "Imported from " + shownAs + " (" + program.program() + "). Paths are relative to this file now.",
                "Keys that are not set have the defaults of docs/spec.md. Check with mvn ft:validate.");
    }

    private static List<String> foot(SpecDraft draft, ForeignConfig config) {
        List<String> foot = new ArrayList<>();
        if (!draft.left().isEmpty()) {
            foot.add("Without a counterpart here:");
            draft.left().forEach(line -> foot.add("  " + line));
        }
        List<String> empty = config.empty();
        if (!empty.isEmpty()) {
            foot.add("Empty there: " + String.join(", ", empty));
        }
        return foot;
    }

    private static byte[] bytes(Path file, String shownAs) {
        try {
            if (Files.isDirectory(file)) {
                throw new InvalidInputException(shownAs + ": a directory. Name the configuration file in it.");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidInputException(shownAs + ": larger than " + (MOST_BYTES >> 20)
                        + " MiB, which no training configuration is. Name the configuration file.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(shownAs + ": no such file. Check the path.", e);
        } catch (IOException e) {
            throw new InvalidInputException(shownAs + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }
}
