import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the clauses of this example; the README says how to run it.
 *
 * <p>A clause is an optional opener, a frame of its kind and an optional tail. Only the frame decides the kind: openers
 * and tails are drawn from the same lists for every kind, and they are full of the other kinds' words. Or a clause says
 * one thing and admits another, a frame of another kind: "although the house is insured, the boat is not". What it says
 * decides the kind. Such clauses of the test come in pairs of the same words, in which what one says, the other admits.
 *
 * <p>In frames and word lists, <code>{name}</code> is a slot, <code>[a|b]</code> a choice, and a line that starts with
 * {@code *} is held out: no training clause uses it. Every test clause uses held-out frames or held-out words.
 *
 * <p>The program reads the text of the base model, which {@code GenerateText} of tiny-base writes, and writes no
 * clause that the base model has read. The output is the same on every machine.
 */
public final class GenerateClauses {
    /** Half of the clauses of a kind say one thing; the others also admit something of another kind. */
    private static final int TRAIN_PER_KIND = 700;
    /** Of each kind; a third of them with held-out frames, the others with held-out words. */
    private static final int TEST_PER_KIND = 60;
    private static final List<Draw> HELD_OUT = List.of(Draw.HELD_OUT_FRAMES, Draw.HELD_OUT_WORDS);
    private static final Map<Draw, Integer> TEST_PARTS =
            Map.of(Draw.HELD_OUT_FRAMES, TEST_PER_KIND / 3, Draw.HELD_OUT_WORDS, TEST_PER_KIND * 2 / 3);
    private static final List<String> KINDS = List.of(
            "coverage", "exclusion", "condition", "duty", "definition", "limit", "deductible", "termination");
    /** How much more is drawn than written: the base model has read some of it. */
    private static final double SURPLUS = 1.25;
    /** No clause is shorter, but for its full stop. */
    private static final int BEGINNING = 16;

    private record Clause(String text, String kind) {
        /** In small letters and without the full stop: a longer sentence may hold it. */
        String open() {
            return text.substring(0, text.length() - 1).toLowerCase(Locale.ROOT);
        }

        String json() {
            return "{\"prompt\": \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"completion\": \"" + kind
                    + "\"}";
        }
    }

    /** What may be drawn: nothing held out, held-out frames, or held-out words wherever there are some. */
    private enum Draw {
        KNOWN,
        HELD_OUT_FRAMES,
        HELD_OUT_WORDS
    }

    /** Clauses that are written together or not at all, {@code count} of them. */
    private record Pool(List<List<Clause>> groups, int count) {}

    private final Random random = new Random(20240607);
    private final Map<String, String> kindOf = new TreeMap<>();
    private ClauseWords.Parties parties = ClauseWords.PARTIES.get(0);
    private Map<String, String> chosen = new TreeMap<>();
    private Draw draw = Draw.KNOWN;

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/main/ft/data");
        Path text = Path.of(arguments.length > 1 ? arguments[1] : "../tiny-base/src/main/ft/data/text.jsonl");
        GenerateClauses generator = new GenerateClauses();
        List<Pool> train = new ArrayList<>();
        List<Pool> test = new ArrayList<>();
        for (String kind : KINDS) {
            train.add(generator.plain(kind, Draw.KNOWN, TRAIN_PER_KIND / 2));
            train.add(generator.admitting(kind, TRAIN_PER_KIND / 2));
            for (Draw words : HELD_OUT) {
                test.add(generator.plain(kind, words, TEST_PARTS.get(words) / 2));
            }
        }
        for (Draw words : HELD_OUT) {
            for (int turn = 0; turn < TEST_PARTS.get(words) / 2; turn++) {
                List<String> order = new ArrayList<>(KINDS);
                Collections.shuffle(order, generator.random);
                for (int i = 0; i < order.size(); i += 2) {
                    test.add(generator.mirrored(order.get(i), order.get(i + 1), words));
                }
            }
        }
        Set<String> read = generator.readIn(text);
        generator.write(train, read, folder.resolve("train.jsonl"));
        generator.write(test, read, folder.resolve("test.jsonl"));
    }

    /** The clauses that a document of the base model holds, whatever stands before and after them there. */
    private Set<String> readIn(Path text) throws IOException {
        Map<String, List<String>> beginnings = new HashMap<>();
        for (String clause : kindOf.keySet()) {
            String open = new Clause(clause, "").open();
            beginnings.computeIfAbsent(open.substring(0, BEGINNING), unused -> new ArrayList<>()).add(open);
        }
        Set<String> read = new TreeSet<>();
        try (BufferedReader documents = Files.newBufferedReader(text)) {
            for (String line = documents.readLine(); line != null; line = documents.readLine()) {
                // A line break of the document is two characters in the file.
                String document = line.toLowerCase(Locale.ROOT).replace("\\n", "\n");
                for (int i = 0; i + BEGINNING <= document.length(); i++) {
                    if (i == 0 || !Character.isLetterOrDigit(document.charAt(i - 1))) {
                        String beginning = document.substring(i, i + BEGINNING);
                        for (String clause : beginnings.getOrDefault(beginning, List.of())) {
                            if (document.startsWith(clause, i)) {
                                read.add(clause);
                            }
                        }
                    }
                }
            }
        }
        return read;
    }

    private void write(List<Pool> pools, Set<String> read, Path file) throws IOException {
        List<Clause> clauses = new ArrayList<>();
        int left = 0;
        for (Pool pool : pools) {
            List<List<Clause>> fit = pool.groups().stream()
                    .filter(group -> group.stream().noneMatch(clause -> read.contains(clause.open())))
                    .toList();
            left += pool.groups().size() - fit.size();
            fit.subList(0, pool.count()).forEach(clauses::addAll);
        }
        Collections.shuffle(clauses, random);
        StringBuilder text = new StringBuilder();
        clauses.forEach(clause -> text.append(clause.json()).append('\n'));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        System.out.println(file + ": " + clauses.size() + " clauses; the base model has read " + left + " others");
    }

    /** Clauses that say one thing, their frames taken in turn. */
    private Pool plain(String kind, Draw words, int count) {
        List<String> frames = frames(kind, words);
        List<List<Clause>> clauses = new ArrayList<>();
        for (int turn = 0; clauses.size() < SURPLUS * count; turn++) {
            Clause clause = new Clause(plain(frames.get(turn % frames.size()), words), kind);
            if (isNew(clause)) {
                clauses.add(List.of(clause));
            }
        }
        return new Pool(clauses, count);
    }

    /** Clauses that say one thing and admit another, the frames of what they say taken in turn. */
    private Pool admitting(String kind, int count) {
        List<String> frames = frames(kind, Draw.KNOWN);
        List<String> others = KINDS.stream().filter(other -> !other.equals(kind)).toList();
        List<List<Clause>> clauses = new ArrayList<>();
        for (int turn = 0; clauses.size() < SURPLUS * count; turn++) {
            String frame = frames.get(turn % frames.size());
            List<Clause> pair = mirrored(kind, frame, pick(others), Draw.KNOWN);
            if (!pair.isEmpty() && isNew(pair.get(0))) {
                clauses.add(pair.subList(0, 1));
            }
        }
        return new Pool(clauses, count);
    }

    /** Two clauses of the same words: what one says, the other admits. */
    private Pool mirrored(String kind, String other, Draw words) {
        List<List<Clause>> pairs = new ArrayList<>();
        while (pairs.size() < 2) {
            List<Clause> pair = mirrored(kind, pick(frames(kind, words)), other, words);
            if (!pair.isEmpty() && pair.stream().allMatch(this::isNew)) {
                pairs.add(pair);
            }
        }
        return new Pool(pairs, 1);
    }

    /** Both orders, or nothing if one of the two already says "although". */
    private List<Clause> mirrored(String kind, String frame, String other, Draw words) {
        parties = pick(ClauseWords.PARTIES);
        draw = words;
        chosen = new TreeMap<>();
        String one = expand(unmarked(frame));
        chosen = new TreeMap<>();
        String two = expand(unmarked(pick(frames(other, words))));
        if ((one + two).contains("although") || (one + two).contains("even if")) {
            return List.of();
        }
        List<String> admitting = words == Draw.KNOWN ? known(Frames.ADMITTING) : Frames.ADMITTING;
        String admits = expand(unmarked(pick(admitting)));
        String pattern = random.nextBoolean() ? admits + " %2$s, %1$s." : "%1$s, " + admits + " %2$s.";
        return List.of(
                new Clause(capitalized(String.format(pattern, one, two)), kind),
                new Clause(capitalized(String.format(pattern, two, one)), other));
    }

    private boolean isNew(Clause clause) {
        String other = kindOf.putIfAbsent(clause.text(), clause.kind());
        if (other != null && !other.equals(clause.kind())) {
            throw new IllegalStateException("both " + other + " and " + clause.kind() + ": " + clause.text());
        }
        return other == null;
    }

    private static List<String> frames(String kind, Draw words) {
        List<String> frames = Frames.lines(Frames.FRAMES.get(kind));
        return words == Draw.HELD_OUT_FRAMES
                ? frames.stream().filter(line -> line.startsWith("*")).toList()
                : known(frames);
    }

    private static List<String> known(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("*")).toList();
    }

    private String plain(String frame, Draw words) {
        parties = pick(ClauseWords.PARTIES);
        chosen = new TreeMap<>();
        draw = words;
        String core = expand(unmarked(frame));
        draw = Draw.KNOWN;
        String opener = random.nextInt(100) < 50 ? expand(pick(Frames.OPENERS)) + ", " : "";
        String tail = random.nextInt(100) < 55 ? expand(pick(Frames.TAILS)) : "";
        return capitalized(opener + core + tail + ".");
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The text with every slot filled and every choice made. */
    private String expand(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                int end = text.indexOf('}', i);
                out.append(slotValue(text.substring(i + 1, end)));
                i = end;
            } else if (c == '[') {
                int end = text.indexOf(']', i);
                out.append(pick(List.of(text.substring(i + 1, end).split("\\|"))));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String slotValue(String slot) {
        boolean you = parties.you();
        return switch (slot) {
            case "I" -> parties.insurer();
            case "Io" -> parties.insurerObject();
            case "Is" -> parties.insurersPlural() ? "" : "s";
            case "is1" -> parties.insurersPlural() ? "are" : "is";
            case "isnt" -> parties.insurersPlural() ? "are not" : "is not";
            case "count" -> parties.insurersPlural() ? "count" : "counts";
            case "Y" -> parties.insured();
            case "Ypos" -> parties.insureds();
            case "is" -> you ? "are" : "is";
            case "has" -> you ? "have" : "has";
            case "live" -> you ? "live" : "lives";
            case "dies" -> you ? "die" : "dies";
            case "moves" -> you ? "move" : "moves";
            case "retires" -> you ? "retire" : "retires";
            case "sells" -> you ? "sell" : "sells";
            case "gives" -> you ? "give" : "gives";
            case "act" -> part("act", 0);
            case "actPp" -> part("act", 1);
            case "actGer" -> part("act", 2);
            case "term" -> part("definition", 0);
            case "aterm" -> part("definition", 1);
            case "gloss" -> part("definition", 2);
            case "non" -> part("definition", 3);
            // One clause names one contract, one loss and one amount.
            case "P", "loss", "amt" -> expand(chosen.computeIfAbsent(slot, this::word));
            default -> expand(word(slot));
        };
    }

    /** One of the forms of an entry, the same entry throughout a clause. */
    private String part(String list, int index) {
        return expand(chosen.computeIfAbsent(list, this::word).split("/")[index]);
    }

    private String word(String slot) {
        List<String> all = ClauseWords.WORDS.get(slot);
        List<String> heldOut = all.stream().filter(line -> line.startsWith("*")).toList();
        if (draw == Draw.HELD_OUT_WORDS && !heldOut.isEmpty()) {
            return unmarked(pick(heldOut));
        }
        return pick(known(all));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String unmarked(String line) {
        return line.startsWith("*") ? line.substring(2) : line;
    }
}
