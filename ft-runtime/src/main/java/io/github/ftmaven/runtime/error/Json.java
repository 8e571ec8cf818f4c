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
 * How JSON is read: with limits that are ours, and a place for whatever is beyond them, which the parser alone does not
 * tell. Nothing else makes a parser of JSON.
 */
public final class Json {
    /** Deeper than any data; the program's own stack holds several times as much. */
    public static final int DEEPEST = 1_000;

    /** Digits of one number: to make a number of them takes the square of their count. */
    public static final int LONGEST_NUMBER = 1_000;

    /** Characters of one key. */
    public static final int LONGEST_KEY = 50_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(LONGEST_NUMBER)
            .maxNameLength(LONGEST_KEY)
            // A text is as long as its file at most, which is in memory already: a row may well be a book.
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private Json() {}

    /** A reader that takes one document, and no key twice. */
    public static JsonMapper strict() {
        return strict(factory());
    }

    /** The same of a parser with further settings, made by {@link #factory()}. */
    public static JsonMapper strict(JsonFactoryBuilder factory) {
        return builder(factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** A reader as forgiving as Jackson's own: of a key that stands twice the last counts. */
    public static JsonMapper lenient() {
        return builder().build();
    }

    /** Reads what {@link #strict()} reads into trees. */
    public static JsonTrees strictTrees() {
        return strictTrees(factory());
    }

    /** The same of a parser with further settings, made by {@link #factory()}. */
    public static JsonTrees strictTrees(JsonFactoryBuilder factory) {
        return new JsonTrees(
                factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build(), true);
    }

    /** Reads what {@link #lenient()} reads into trees. */
    public static JsonTrees lenientTrees() {
        return new JsonTrees(factory().build(), false);
    }

    /** A reader like {@link #lenient()}, to which settings can be added. */
    public static JsonMapper.Builder builder() {
        return builder(factory());
    }

    /** The same of a parser with settings of its own, made by one of the factories here. */
    public static JsonMapper.Builder builder(JsonFactoryBuilder factory) {
        return new JsonMapper.Builder(new Locating(factory.build()));
    }

    /** A parser with these limits. */
    public static JsonFactoryBuilder factory() {
        return factory(LIMITS);
    }

    /** A parser with other limits, for text that is no mistake where it is beyond ours. */
    public static JsonFactoryBuilder factory(StreamReadConstraints limits) {
        return new JsonFactoryBuilder().streamReadConstraints(limits);
    }

    /** Says where a limit was exceeded. */
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

    /** The same with the place that a parser has come to. */
    static StreamConstraintsException located(StreamConstraintsException e, JsonParser parser) {
        StreamConstraintsException located =
                new StreamConstraintsException(e.getOriginalMessage(), parser.currentLocation());
        located.addSuppressed(e);
        return located;
    }

    /** Half characters, which UTF-8 does not have, as escapes: they can only be within texts, and are read as they were. */
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
