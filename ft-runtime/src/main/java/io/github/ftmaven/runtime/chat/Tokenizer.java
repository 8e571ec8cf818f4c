package io.github.ftmaven.runtime.chat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.torch.NativeCache;
import io.github.ftmaven.runtime.torch.NativeProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A model's own tokenizer: text to token ids and back, exactly as Hugging Face's library does it. Never truncates and
 * never pads. Holds native memory until it is closed; safe for use by several threads.
 */
public final class Tokenizer implements AutoCloseable {
    /** Both options must be said: without them the library cuts at 512 tokens and pads, silently. */
    private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

    private static final ObjectMapper JSON = Json.lenient();
    private static final int SHOWN_CHARACTERS = 80;

    /**
     * The library takes some 3 µs and 300 bytes a character, and ends the process where a pattern goes back ten million
     * times: for the patterns of published models, that is within several million blanks.
     */
    private static final int LONGEST_TEXT = 2_000_000;

    /** Loaded with the library, which this class is without where a file is only read. */
    private static final class NativeLibrary {
        static {
            NativeCache.check("tokenizers");
        }

        static HuggingFaceTokenizer open(InputStream in) throws IOException {
            return HuggingFaceTokenizer.newInstance(in, OPTIONS);
        }
    }

    private final HuggingFaceTokenizer library;
    private final Path file;
    private final TokenizerFiles files;
    /** How many special tokens the tokenizer's post-processor puts after a text. */
    private final int trailing;
    /** How many tokens the model's embedding has a row for, once that is known. */
    private volatile int rows = Integer.MAX_VALUE;

    private Tokenizer(HuggingFaceTokenizer library, Path file, TokenizerFiles files) {
        this.library = library;
        this.file = file;
        this.files = files;
        this.trailing = trailingSpecialTokens();
    }

    /**
     * Reads {@code tokenizer.json} and the files beside it, as transformers' {@code AutoTokenizer} does: with the tokens
     * that only other files name, and the tokens around a text that the tokenizer's class puts there.
     *
     * @throws InvalidInputException if a file is missing, malformed, contradicts another, or is of a kind the library
     *     does not know
     */
    public static Tokenizer load(Path modelDirectory) {
        Path file = modelDirectory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": not found. A base model needs its tokenizer.json"
                    + (Files.exists(modelDirectory.resolve("tokenizer.model"))
                            ? "; tokenizer.model alone must be converted first."
                            : "."));
        }
        TokenizerFiles files = TokenizerFiles.read(modelDirectory);
        checkNormalized(files, file);
        HuggingFaceTokenizer library;
        try (InputStream in = files.open()) {
            library = NativeLibrary.open(in);
        } catch (IOException | RuntimeException e) {
            throw new InvalidInputException(file + ": the tokenizer cannot be loaded: " + reason(e), e);
        }
        try {
            Tokenizer tokenizer = new Tokenizer(library, file, files);
            files.added().forEach(tokenizer::checkId);
            return tokenizer;
        } catch (RuntimeException e) {
            library.close();
            throw e;
        }
    }

    /**
     * Reads the tokenizer of a model that has an embedding of so many rows.
     *
     * @throws InvalidInputException as {@link #load(Path)} does, and if a token that the files list has no row
     */
    public static Tokenizer load(Path modelDirectory, int embeddingRows) {
        Tokenizer tokenizer = load(modelDirectory);
        try {
            tokenizer.checkFits(embeddingRows);
            return tokenizer;
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * A tokenizer as one {@code tokenizer.json} that holds what {@link #load} takes from all files, for other formats.
     *
     * @throws InvalidInputException as {@link #load} does
     */
    public static JsonNode json(Path modelDirectory) {
        try (InputStream in = TokenizerFiles.read(modelDirectory).open()) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(modelDirectory.resolve("tokenizer.json") + ": cannot be read", e);
        }
    }

    /**
     * Checks that no added token is an empty text once it is normalized: the library would end the process at the first
     * text. Which texts are, only it knows, so a tokenizer is asked that has the normalizer and no tokens of its own.
     */
    private static void checkNormalized(TokenizerFiles files, Path file) {
        List<AddedToken> normalized =
                files.added().values().stream().filter(AddedToken::normalized).toList();
        if (normalized.isEmpty() || !files.normalizer().isObject()) {
            return;
        }
        String probe = "{\"version\": \"1.0\", \"added_tokens\": [], \"normalizer\": " + files.normalizer()
                + ", \"model\": {\"type\": \"WordLevel\", \"vocab\": {\"?\": 0}, \"unk_token\": \"?\"}}";
        try (HuggingFaceTokenizer library = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(probe.getBytes(StandardCharsets.UTF_8)), OPTIONS)) {
            for (AddedToken token : normalized) {
                if (library.encode(token.content()).getIds().length == 0) {
                    throw new InvalidInputException(file + ": the tokenizer cannot be loaded: its normalizer leaves"
                            + " nothing of its token '" + token.content() + "'.");
                }
            }
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InvalidInputException(file + ": the tokenizer cannot be loaded: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return NativeProblem.of(e)
                .orElseGet(() ->
                        e instanceof IOException problem ? FileProblem.of(problem) : String.valueOf(e.getMessage()));
    }

    /**
     * The token ids of a text.
     *
     * @param addSpecialTokens whether the tokenizer's post-processor adds what it adds, such as a beginning of text
     * @throws InvalidInputException if the text has more than two million characters, or the tokenizer lacks a token for it
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidInputException(file + ": cannot make tokens of a text of " + text.length()
                    + " characters that begins '" + shortened(text) + "': at most " + LONGEST_TEXT
                    + " are read at once. Divide it.");
        }
        // Past HuggingFaceTokenizer.encode, which makes four Java objects of every token and takes four times as long.
        long encoding;
        try {
            encoding = TokenizersLibrary.LIB.encode(library.getHandle(), text, addSpecialTokens);
        } catch (RuntimeException e) {
            throw new InvalidInputException(
                    file + ": cannot make tokens of '" + shortened(text) + "': " + e.getMessage(), e);
        }
        try {
            long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
            int[] narrow = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                checkHasRow(ids[i]);
                narrow[i] = Math.toIntExact(ids[i]);
            }
            return narrow;
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    private void checkHasRow(long id) {
        if (id >= rows) {
            AddedToken token = id > Integer.MAX_VALUE ? null : files.added().get((int) id);
            throw new InvalidInputException(file + ": the token '" + (token == null ? "?" : token.content())
                    + "' has the id " + id + ", but the model's embedding has " + rows + " rows. Do not use it.");
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** The token ids of a text that more will follow: with the special tokens that lead, without those that trail. */
    public int[] encodeBeginning(String text) {
        int[] ids = encode(text, true);
        return Arrays.copyOf(ids, ids.length - trailing);
    }

    /** The text of token ids, by the tokenizer's own decoder. */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        return library.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
    }

    /** The id of a token by its exact name, such as {@code <|im_end|>}; empty if the tokenizer has none. */
    public OptionalInt id(String token) {
        Integer id = files.ids().get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether a text is a token that no text is cut within: an added one, or the one that ends a text. */
    boolean isAdded(String token) {
        OptionalInt id = id(token);
        return id.isPresent() && (files.specialTokens().contains(token) || id.equals(endOfText()));
    }

    /** The id of a token that a spec's key names; unknown names are the user's error. */
    int requireId(String key, String token) {
        return id(token)
                .orElseThrow(() -> new InvalidInputException(key + ": the tokenizer has no token '" + token + "'."
                        + Suggestion.didYouMean(token, files.specialTokens())));
    }

    /** The highest id of a token that the files list, plus one. */
    public int size() {
        return files.size();
    }

    /** The token that ends a text ({@code eos_token}); empty if the model's files name none. */
    public OptionalInt endOfText() {
        return files.endOfText();
    }

    /** The token that begins a text ({@code bos_token}); empty if the model's files name none. */
    public OptionalInt beginningOfText() {
        return files.beginningOfText();
    }

    /**
     * Checks that every token has its row in the model's embedding. More rows than tokens are right: many models pad
     * their vocabulary.
     *
     * @throws InvalidInputException if a token's id is beyond the embedding
     */
    void checkFits(int embeddingRows) {
        if (size() > embeddingRows) {
            throw new InvalidInputException(
                    file + ": has ids up to " + (size() - 1) + ", but the model's embedding has " + embeddingRows
                            + " rows: tokenizer and weights are not of the same model.");
        }
        rows = embeddingRows;
    }

    @Override
    public void close() {
        library.close();
    }

    private int trailingSpecialTokens() {
        List<Integer> plain = boxed(encode("a", false));
        List<Integer> whole = boxed(encode("a", true));
        int start = Collections.indexOfSubList(whole, plain);
        if (start < 0) {
            throw new InvalidInputException(
                    file + ": its post_processor changes the tokens of the text itself, " + "which is not supported.");
        }
        return whole.size() - start - plain.size();
    }

    /** An id that the library did not give would be learnt for a token that no text has. */
    private void checkId(int id, AddedToken token) {
        int[] ids = encode(token.content(), false);
        if (ids.length == 1 && ids[0] != id) {
            throw new InvalidInputException(file + ": the token '" + token.content() + "' has the id " + ids[0]
                    + " for the library, but " + id + " by the files beside it.");
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }
}
