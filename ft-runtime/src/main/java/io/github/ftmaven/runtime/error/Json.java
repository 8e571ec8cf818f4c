package io.github.ftmaven.runtime.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads JSON with our own limits, and gives the position of anything that exceeds them, which Jackson's parser does
 * not. All JSON parsers of the project come from here.
 */
public final class Json {
    /** Deeper than real data ever is; the program's stack holds several times as much. */
    public static final int DEEPEST = 1_000;

    /** Most digits of one number: converting them takes time quadratic in their count. */
    public static final int LONGEST_NUMBER = 1_000;

    /** Most characters of one key. */
    public static final int LONGEST_KEY = 50_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(LONGEST_NUMBER)
            .maxNameLength(LONGEST_KEY)
            // A text is at most as long as its file, which is already in memory. A row may well be a whole book.
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private Json() {}

    /** A reader for one document, which rejects duplicate keys. */
    public static JsonMapper strict() {
        return strict(factory());
    }

    /** Like {@link #strict()}, for a parser with further settings, made by {@link #factory()}. */
    public static JsonMapper strict(JsonFactoryBuilder factory) {
        return builder(factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** A reader as forgiving as Jackson's own: of duplicate keys the last counts. */
    public static JsonMapper lenient() {
        return builder().build();
    }

    /** Reads what {@link #strict()} reads, into trees. */
    public static JsonTrees strictTrees() {
        return strictTrees(factory());
    }

    /** Like {@link #strictTrees()}, for a parser with further settings, made by {@link #factory()}. */
    public static JsonTrees strictTrees(JsonFactoryBuilder factory) {
        return new JsonTrees(
                factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build(), true);
    }

    /** Reads what {@link #lenient()} reads, into trees. */
    public static JsonTrees lenientTrees() {
        return new JsonTrees(factory().build(), false);
    }

    /** A reader like {@link #lenient()} that accepts further settings. */
    public static JsonMapper.Builder builder() {
        return builder(factory());
    }

    /** Like {@link #lenient()}, for a parser with its own settings, made by one of the factories here. */
    public static JsonMapper.Builder builder(JsonFactoryBuilder factory) {
        return new JsonMapper.Builder(new Locating(factory.build()));
    }

    /** A parser with these limits. */
    public static JsonFactoryBuilder factory() {
        return factory(LIMITS);
    }

    /** A parser with other limits, for text that may legitimately exceed ours. */
    public static JsonFactoryBuilder factory(StreamReadConstraints limits) {
        return new JsonFactoryBuilder().streamReadConstraints(limits);
    }

    /** Gives the position at which a limit was exceeded. */
    private static final class Locating extends JsonMapper {
        private static final long serialVersionUID = 1L;

        Locating(JsonFactory factory) {
            super(factory);
        }

        @Override
        protected JsonNode _readTreeAndClose(JsonParser parser) throws IOException {
            try {
                return super._readTreeAndClose(parser);
            } catch (StreamConstraintsException e) {
                throw located(e, parser);
            }
        }

        @Override
        protected Object _readMapAndClose(JsonParser parser, JavaType type) throws IOException {
            try {
                return super._readMapAndClose(parser, type);
            } catch (StreamConstraintsException e) {
                throw located(e, parser);
            }
        }
    }

    /** Adds the position that a parser has reached. */
    static StreamConstraintsException located(StreamConstraintsException e, JsonParser parser) {
        StreamConstraintsException located =
                new StreamConstraintsException(e.getOriginalMessage(), parser.currentLocation());
        located.addSuppressed(e);
        return located;
    }

    /**
     * Writes half surrogate pairs, which UTF-8 cannot encode, as escapes. They occur only in texts and read back
     * unchanged.
     */
    public static String whole(String json) {
        StringBuilder out = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (out == null && Character.isSurrogate(c) && !pair) {
                out = new StringBuilder(json.length() + 16).append(json, 0, i);
            }
            if (out != null && Character.isSurrogate(c) && !pair) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (out != null) {
                out.append(c);
            }
            if (pair) {
                i++;
                if (out != null) {
                    out.append(json.charAt(i));
                }
            }
        }
        return out == null ? json : out.toString();
    }
}
