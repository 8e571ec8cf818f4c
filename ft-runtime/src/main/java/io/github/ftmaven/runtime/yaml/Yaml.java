package io.github.ftmaven.runtime.yaml;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** A YAML file as a graph of nodes that know their line and column. */
public final class Yaml {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Yaml() {}

    /**
     * Parses a file's one document.
     *
     * @param file the file as messages name it
     * @return the root node; null where the file holds none
     * @throws InvalidInputException where the bytes are not UTF-8 or not one YAML document
     */
    public static @Nullable Node parse(byte[] bytes, String file) {
        String text = decode(bytes, file);
        LoaderOptions options = new LoaderOptions();
        Composer composer = new Composer(new ParserImpl(new StreamReader(text), options), new CoreSchema(), options);
        try {
            if (!composer.checkNode()) {
                return null;
            }
            Node root = composer.getNode();
            if (composer.checkNode()) {
                throw invalid(
                        file, composer.getNode().getStartMark(), "a second document starts here; only one is read");
            }
            return root;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw invalid(file, mark, "not valid YAML: " + context + e.getProblem() + advice(e));
        } catch (YAMLException e) {
            throw new InvalidInputException(file + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    /** The value of a key; null where the mapping lacks it. */
    public static @Nullable Node child(MappingNode mapping, String key) {
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    /** One line of a report: {@code file:line:column: text}. */
    public static String message(String file, Mark mark, String text) {
        return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": " + text;
    }

    private static String advice(MarkedYAMLException e) {
        return e.getProblem().startsWith("expected <block end>") ? "; check the indentation" : "";
    }

    private static InvalidInputException invalid(String file, Mark mark, String text) {
        return new InvalidInputException(message(file, mark, text));
    }

    private static String decode(byte[] bytes, String file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + ": not UTF-8. Save the file in that encoding.", e);
        }
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().toArray()) {
            if (!StreamReader.isPrintable(c)) {
                String character = String.format("the control character U+%04X", c);
                throw new InvalidInputException(
                        file + ":" + line + ":" + column + ": not valid YAML: " + character + "; remove it.");
            }
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return text;
    }
}
