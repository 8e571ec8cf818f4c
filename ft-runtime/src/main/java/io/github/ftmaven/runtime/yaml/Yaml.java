package io.github.ftmaven.runtime.yaml;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Parses a YAML file into a graph of nodes that know their line and column. */
public final class Yaml {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Larger than any file that people write or programs generate. */
    private static final int MOST_BYTES = 64 << 20;

    /** Deeper than anyone nests. All code that walks the nodes is safe up to this depth. */
    private static final int MOST_DEPTH = 200;

    private Yaml() {}

    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(Integer.MAX_VALUE)
                .setAllowNonScalarKeys(true) // their readers reject them, with the place
                .setMaxAliasesForCollections(Integer.MAX_VALUE) // their readers limit the expansion
                .setBufferSize(text.length() + 1) // a smaller buffer copies a long token repeatedly
                .build();
    }

    /**
     * Parses the single document of a file.
     *
     * @param file the file as messages name it
     * @return the root node; null if the file has none
     * @throws InvalidInputException if the bytes are not UTF-8 or not a single YAML document
     */
    public static @Nullable Node parse(byte[] bytes, String file) {
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException(
                    file + ": the file has " + bytes.length + " bytes; the limit is " + MOST_BYTES + ". Split it.");
        }
        String text = decode(bytes, file);
        Composer composer = new Nested(settings(text), text, file);
        try {
            if (!composer.hasNext()) {
                return null;
            }
            Node root = composer.next();
            if (composer.hasNext()) {
                throw invalid(file, mark(composer.next()), "a second document starts here; only one is read");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(START);
            String context = e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ": ";
            throw invalid(file, mark, "not valid YAML: " + context + e.getProblem() + advice(e));
        } catch (YamlEngineException e) {
            throw new InvalidInputException(file + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    private static final Mark START = new Mark("", 0, 0, 0, new int[0], 0);

    /** Whether a key is an unquoted {@code <<}, which merges other mappings. */
    public static boolean isMerge(Node key) {
        return key instanceof ScalarNode name
                && name.isPlain()
                && name.getValue().equals("<<");
    }

    /** The start of a node. */
    public static Mark mark(Node node) {
        return node.getStartMark().orElse(START);
    }

    /** Limits the depth; later code recurses as deeply. */
    private static final class Nested extends Composer {
        private final String file;
        private int depth;

        Nested(LoadSettings settings, String text, String file) {
            super(settings, new ParserImpl(settings, new StreamReader(settings, text)));
            this.file = file;
        }

        @Override
        protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
            enter();
            SequenceNode node = super.composeSequenceNode(anchor);
            depth--;
            return node;
        }

        @Override
        protected Node composeMappingNode(Optional<Anchor> anchor) {
            enter();
            Node node = super.composeMappingNode(anchor);
            depth--;
            return node;
        }

        private void enter() {
            if (++depth > MOST_DEPTH) {
                throw invalid(
                        file,
                        parser.peekEvent().getStartMark().orElse(START),
                        "nested more than " + MOST_DEPTH + " deep");
            }
        }
    }

    /** The value of a key; null if the mapping lacks the key. */
    public static @Nullable Node child(MappingNode mapping, String key) {
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    /** A line of a report: {@code file:line:column: text}. */
    public static String message(String file, Mark mark, String text) {
        return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": " + text;
    }

    private static String advice(MarkedYamlEngineException e) {
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
                String character = String.format(Locale.ROOT, "the control character U+%04X", c);
                throw new InvalidInputException(
                        file + ":" + line + ":" + column + ": not valid YAML: " + character + "; remove it.");
            }
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return text;
    }
}
