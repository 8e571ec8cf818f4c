package io.github.ftmaven.runtime.chat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.checks.Sensitive;
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
 * A model's own tokenizer: converts text to token ids and back, exactly as Hugging Face's library does. Never
 * truncates or pads. Owns native memory until it is closed; safe for several threads.
 */
public final class Tokenizer implements AutoCloseable {
    /** Both options are required: without them the library silently truncates at 512 tokens and pads. */
    private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

    private static final ObjectMapper JSON = Json.lenient();
    private static final int SHOWN_CHARACTERS = 80;

    /**
     * The library takes about 3 µs and 300 bytes per character. It crashes the process if a pattern backtracks ten
     * million times, which needs several million blanks with the patterns of published models.
     */
    private static final int LONGEST_TEXT = 2_000_000;

    /** Loaded together with the library, which is not needed where a file is only read. */
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
    /** The number of special tokens that the tokenizer's post-processor adds after a text. */
    private final int trailing;
    /** The number of rows of the model's embedding, once known. */
    private volatile int rows = Integer.MAX_VALUE;

    private Tokenizer(HuggingFaceTokenizer library, Path file, TokenizerFiles files) {
        this.library = library;
        this.file = file;
        this.files = files;
        this.trailing = trailingSpecialTokens();
    }

    /**
     * Reads {@code tokenizer.json} and the files beside it, as transformers' {@code AutoTokenizer} does: including the
     * tokens that only other files name, and the tokens that the tokenizer's class adds around a text.
     *
     * @throws InvalidInputException if a file is missing, malformed, contradicts another, or is of a kind that the
     *     library does not support
     */
    public static Tokenizer load(Path modelDirectory) {
        Path file = modelDirectory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": no such file. A base model needs its tokenizer.json"
                    + (Files.exists(modelDirectory.resolve("tokenizer.model"))
                            ? "; convert tokenizer.model first."
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
     * Reads the tokenizer of a model whose embedding has the given number of rows.
     *
     * @throws InvalidInputException as {@link #load(Path)} does, and if a listed token has no row
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
     * A single {@code tokenizer.json} with everything that {@link #load} takes from all files, for other formats.
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
     * Checks that normalization leaves no added token empty, which would crash the library at the first text. Only the
     * library itself can normalize, so a tokenizer with only the normalizer is used.
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
                    throw new InvalidInputException(file + ": the tokenizer cannot be loaded: its normalizer removes"
                            + " its token '" + token.content() + "' completely.");
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
     * @param addSpecialTokens whether the tokenizer's post-processor adds its tokens, such as a beginning of text
     * @throws InvalidInputException if the text has more than two million characters, or the tokenizer lacks a token for it
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidInputException(file + ": cannot encode a text of " + text.length()
                    + " characters that begins with '" + shortened(text) + "': the limit is " + LONGEST_TEXT
                    + ". Split it.");
        }
        // Bypasses HuggingFaceTokenizer.encode, which creates four Java objects per token and takes four times as
        // long.
        long encoding;
        try {
            encoding = TokenizersLibrary.LIB.encode(library.getHandle(), text, addSpecialTokens);
        } catch (RuntimeException e) {
            throw new InvalidInputException(file + ": cannot encode '" + shortened(text) + "': " + e.getMessage(), e);
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
        String masked = Sensitive.mask(text);
        return masked.length() <= SHOWN_CHARACTERS ? masked : masked.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** The token ids of a text that more text will follow: with leading special tokens, without trailing ones. */
    public int[] encodeBeginning(String text) {
        int[] ids = encode(text, true);
        return Arrays.copyOf(ids, ids.length - trailing);
    }

    /** The text of token ids, from the tokenizer's own decoder. */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        return library.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
    }

    /** The id of a token by its exact name, such as {@code <|im_end|>}; empty if there is none. */
    public OptionalInt id(String token) {
        Integer id = files.ids().get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether a text is a token that the tokenizer never splits: an added one, or the one that ends a text. */
    boolean isAdded(String token) {
        OptionalInt id = id(token);
        return id.isPresent() && (files.specialTokens().contains(token) || id.equals(endOfText()));
    }

    /** The texts that the tokenizer takes for tokens of their own wherever they stand. */
    public List<String> addedTokens() {
        return files.specialTokens();
    }

    /** The id of a token that a key of the spec names; an unknown name is the user's error. */
    int requireId(String key, String token) {
        return id(token)
                .orElseThrow(() -> new InvalidInputException(key + ": the tokenizer has no token '" + token + "'."
                        + Suggestion.didYouMean(token, files.specialTokens())));
    }

    /** The highest id of a token in the files, plus one. */
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
     * Checks that every token has a row in the model's embedding. Surplus rows are allowed: many models pad their
     * vocabulary.
     *
     * @throws InvalidInputException if a token's id is beyond the embedding
     */
    void checkFits(int embeddingRows) {
        if (size() > embeddingRows) {
            throw new InvalidInputException(
                    file + ": the tokenizer has ids up to " + (size() - 1) + ", but the model's embedding has "
                            + embeddingRows + " rows: the tokenizer and the weights belong to different models.");
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

    /** Training would use an id for a token that the library never produces. */
    private void checkId(int id, AddedToken token) {
        int[] ids = encode(token.content(), false);
        if (ids.length == 1 && ids[0] != id) {
            throw new InvalidInputException(file + ": the token '" + token.content() + "' has the id " + ids[0]
                    + " in the library, but " + id + " in the files beside it.");
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }
}
