import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Composes documents: prose, questions about sentences, the same in other words, lists, and exercises. */
final class Documents {
    static final String END = "<|endoftext|>";
    static final String ANSWER = "\nAnswer:";
    /** The parts of the documents, in percent; the rest are exercises. */
    private static final int PROSE_PERCENT = 4;
    private static final int READINGS_PERCENT = 8;
    private static final int QUESTIONS_PERCENT = 48;
    private static final int OTHER_WORDS_PERCENT = 13;
    private static final int LISTS_PERCENT = 20;
    /** In characters, so that an exercise stays below the model's 512 tokens. */
    private static final int LONGEST_EXERCISE = 1_500;
    /** How many of a hundred sentences about a contract admit something else. */
    private static final int ADMITTING_PERCENT = 40;
    /** How many sorts of questions an exercise has; the fewer, the easier to see that answers come back. */
    private static final List<Integer> SORTS = List.of(1, 1, 2, 2, 2, 3, 3, 4, 5, 6);
    private static final List<String> NAMED =
            List.of("thing", "peril", "aPerson", "town", "name", "weekday", "date", "amt");

    private final Random random;
    private final Slots slots;

    Documents(Random random) {
        this.random = random;
        this.slots = new Slots(random);
    }

    String exercise() {
        slots.begin();
        return anyExercise();
    }

    String prose() {
        slots.begin();
        return anyProse();
    }

    String document() {
        slots.begin();
        int ticket = random.nextInt(100);
        if (ticket < PROSE_PERCENT) {
            return anyProse();
        }
        ticket -= PROSE_PERCENT;
        if (ticket < READINGS_PERCENT) {
            Readings.Reading reading = slots.pick(Readings.READINGS);
            return reading(passage(reading.passage(), 50, 0), reading.question(), reading.answer());
        }
        ticket -= READINGS_PERCENT;
        Meaning meaning = slots.pick(Meaning.MEANINGS);
        if (ticket < QUESTIONS_PERCENT) {
            return random.nextInt(100) < 35 ? oneQuestion(meaning) : allQuestions(meaning);
        }
        ticket -= QUESTIONS_PERCENT;
        if (ticket < OTHER_WORDS_PERCENT) {
            return otherWords(meaning);
        }
        ticket -= OTHER_WORDS_PERCENT;
        return ticket < LISTS_PERCENT ? list() : anyExercise();
    }

    /** A passage with something before it and after it, each in so many of a hundred cases. */
    private String passage(String frame, int before, int after) {
        String remark = random.nextInt(100) < before ? slots.expand(slots.pick(Words.REMARKS)) : "";
        String comma = remark.isEmpty() || remark.endsWith("that") ? "" : ",";
        boolean closed = frame.endsWith(".");
        String core = slots.expand(closed ? frame.substring(0, frame.length() - 1) : frame);
        String addition = random.nextInt(100) < after ? slots.expand(slots.pick(Words.ADDITIONS)) : "";
        return Slots.capitalized((remark + comma + " " + core + addition + ".").strip());
    }

    /** A passage that may admit something else: "although the house is insured, the boat is not". It says the same. */
    private String statement(Meaning meaning, String way, int before, int after) {
        if (!meaning.isAboutContract() || way.contains("although") || random.nextInt(100) >= ADMITTING_PERCENT) {
            return passage(way, before, after);
        }
        String said = slots.expand(way);
        String admitted;
        do {
            admitted = slots.expandApart(slots.pick(slots.pick(Meaning.CONTRACT).ways()));
        } while (admitted.contains("although") || admitted.startsWith("unless"));
        String admitting = slots.expand(slots.pick(Words.ADMITTING)) + " " + admitted;
        return Slots.capitalized((random.nextBoolean() ? admitting + ", " + said : said + ", " + admitting) + ".");
    }

    private String reading(String passage, String question, String answer) {
        String asked = Slots.capitalized(slots.expand(question));
        return "Question: " + (passage.isEmpty() ? asked : passage + " " + asked) + ANSWER + " " + slots.expand(answer);
    }

    private String oneQuestion(Meaning meaning) {
        String way = slots.pick(meaning.ways());
        Meaning.Question question = slots.pick(meaning.questions(way));
        return reading(statement(meaning, way, 50, 40), question.question(), question.answer());
    }

    /** A sentence and every question about it, in any order, as one conversation. */
    private String allQuestions(Meaning meaning) {
        String way = slots.pick(meaning.ways());
        List<Meaning.Question> questions = new ArrayList<>(meaning.questions(way));
        Collections.shuffle(questions, random);
        Meaning.Question first = questions.remove(0);
        String statement = statement(meaning, way, 50, 40);
        StringBuilder text = new StringBuilder(reading(statement, first.question(), first.answer())).append(END);
        for (Meaning.Question next : questions) {
            text.append("\n\n").append(reading("", next.question(), next.answer())).append(END);
        }
        return text.toString();
    }

    /** The same two or three times; what it is about is known from the first time. */
    private String otherWords(Meaning meaning) {
        String first = slots.pick(meaning.ways());
        List<String> ways = new ArrayList<>(meaning.otherWays(first));
        StringBuilder text = new StringBuilder(statement(meaning, first, 30, 20));
        for (int more = 1 + random.nextInt(2); more > 0 && !ways.isEmpty(); more--) {
            String way = ways.remove(random.nextInt(ways.size()));
            text.append(' ').append(slots.pick(Words.IN_OTHER_WORDS)).append(' ').append(slots.expand(way)).append('.');
        }
        return text.toString();
    }

    /**
     * Questions of a few sorts and their answers: every sort has its own word, here and in no other exercise. What the
     * sorts are can only be told from the answers.
     */
    private String anyExercise() {
        int ticket = random.nextInt(100);
        List<String> labels = new ArrayList<>(ticket < 40 ? Words.LISTED : Words.LABELS);
        Collections.shuffle(labels, random);
        if (ticket < 40) {
            return byWord(labels);
        }
        return ticket < 52 ? bySubject(labels) : byMeaning(labels);
    }

    /** A list of words that is repeated, or of words and what belongs to each. */
    private String list() {
        List<String> labels = new ArrayList<>(Words.LISTED);
        Collections.shuffle(labels, random);
        int ticket = random.nextInt(100);
        if (ticket < 50) {
            int count = 1 + random.nextInt(8);
            String once = String.join(" ", labels.subList(0, count));
            return String.join(" ", Collections.nCopies(30 / count, once));
        }
        int sorts = 1 + random.nextInt(5);
        List<String> words = ticket < 80 ? labels.subList(sorts, 2 * sorts) : words(slots.pick(NAMED), sorts);
        String between = slots.pick(List.of(". ", "\n", ", "));
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 3 + 2 * sorts; i++) {
            int sort = random.nextInt(sorts);
            entries.add(words.get(sort) + ": " + labels.get(sort));
        }
        return String.join(between, entries);
    }

    private String byWord(List<String> labels) {
        int sorts = slots.pick(SORTS);
        List<String> words = words(slots.pick(NAMED), sorts);
        return exercise(labels, sorts, 4 + sorts + random.nextInt(4), words::get);
    }

    private List<String> words(String slot, int count) {
        List<String> words = new ArrayList<>();
        while (words.size() < count) {
            String word = slots.expand(slots.word(slot));
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private String bySubject(List<String> labels) {
        String slot = slots.pick(List.of("thing", "peril", "person", "P"));
        String rest = slot.equals("P") ? "{P}" : "{loss}";
        List<String> ways = Meaning.MEANINGS.stream()
                .flatMap(meaning -> meaning.ways().stream())
                .filter(way -> way.contains(rest))
                .toList();
        int sorts = slots.pick(SORTS);
        List<String> words = words(slot, sorts);
        return exercise(labels, sorts, sorts + 2 + random.nextInt(5), sort -> {
            slots.begin();
            slots.choose(slot, words.get(sort));
            String loss = slots.pick(Words.LOSSES.getOrDefault(slot, List.of("{loss}")));
            slots.choose("loss", slots.expand(loss));
            return passage(slots.pick(ways), 25, 15);
        });
    }

    private String byMeaning(List<String> labels) {
        List<Meaning> meanings = new ArrayList<>(Meaning.MEANINGS);
        Collections.shuffle(meanings, random);
        int sorts = slots.pick(SORTS);
        // One way to say it, or any.
        boolean oneWay = random.nextInt(100) < 30;
        boolean sameWords = random.nextInt(100) < 40;
        boolean admits = random.nextInt(100) < 40;
        List<Meaning> shown = new ArrayList<>();
        for (Meaning meaning : meanings.subList(0, sorts)) {
            shown.add(oneWay ? new Meaning(List.of(slots.pick(meaning.ways())), meaning.questions()) : meaning);
        }
        slots.forget();
        return exercise(labels, sorts, sorts + 2 + random.nextInt(6), sort -> {
            if (sameWords) {
                slots.nameParties();
            } else {
                slots.begin();
            }
            Meaning meaning = shown.get(sort);
            String way = slots.pick(meaning.ways());
            return admits ? statement(meaning, way, 40, 35) : passage(way, 40, 35);
        });
    }

    private String exercise(List<String> labels, int sorts, int questions, IntFunction<String> question) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < questions && text.length() < LONGEST_EXERCISE; i++) {
            int sort = random.nextInt(sorts);
            if (i > 0) {
                text.append(END).append("\n\n");
            }
            text.append("Question: ").append(question.apply(sort)).append(ANSWER + " ").append(labels.get(sort));
        }
        return text.toString();
    }

    private String anyProse() {
        List<String> sentences = new ArrayList<>();
        for (Prose.Part part : Prose.draw(random)) {
            List<String> left = new ArrayList<>(part.sentences());
            int count = part.least() + random.nextInt(part.most() - part.least() + 1);
            for (int i = 0; i < count; i++) {
                sentences.add(sentence(left.remove(random.nextInt(left.size()))));
            }
        }
        return String.join(" ", sentences);
    }

    private String sentence(String frame) {
        // What a sentence is about changes from one to the next more often than who and what it is about.
        slots.forget(List.of("fact", "ending", "meaning", "loss", "loss2", "service", "proof", "avoid", "act", "act2"));
        if (random.nextInt(3) == 0) {
            slots.forget(List.of("thing", "peril", "amt", "amt2", "per", "person"));
        }
        return Slots.capitalized(slots.expand(frame));
    }
}
