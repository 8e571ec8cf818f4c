import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Fills slots. Until the next sentence or document begins, the same slot has the same value. */
final class Slots {
    private final Random random;
    private Map<String, String> chosen = new TreeMap<>();
    private Words.Parties parties = Words.PARTIES.get(0);

    Slots(Random random) {
        this.random = random;
    }

    /** Begins a document or a sentence that has nothing to do with the one before. */
    void begin() {
        forget();
        nameParties();
    }

    void forget() {
        chosen = new TreeMap<>();
    }

    void forget(Collection<String> slots) {
        chosen.keySet().removeAll(slots);
    }

    void nameParties() {
        parties = pick(Words.PARTIES);
    }

    void choose(String slot, String value) {
        chosen.put(slot, value);
    }

    /** The text about things of its own, but with the same parties. */
    String expandApart(String text) {
        Map<String, String> subject = chosen;
        forget();
        String expanded = expand(text);
        chosen = subject;
        return expanded;
    }

    static String capitalized(String text) {
        int first = text.startsWith("\"") ? 1 : 0;
        return text.substring(0, first) + Character.toUpperCase(text.charAt(first)) + text.substring(first + 1);
    }

    /** The text with every slot filled and every choice made. */
    String expand(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                int end = text.indexOf('}', i);
                out.append(slotValue(text.substring(i + 1, end)));
                i = end;
            } else if (c == '[') {
                int end = text.indexOf(']', i);
                String[] choices = text.substring(i + 1, end).split("\\|");
                out.append(expand(choices[random.nextInt(choices.length)]));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private String slotValue(String slot) {
        return switch (slot) {
            case "I" -> parties.insurer();
            case "Io" -> parties.insurerObject();
            case "Is" -> parties.insurersPlural() ? "" : "s";
            case "is1" -> parties.insurersPlural() ? "are" : "is";
            case "isnt" -> parties.insurersPlural() ? "are not" : "is not";
            case "count" -> parties.insurersPlural() ? "count" : "counts";
            case "Y" -> parties.insured();
            case "Ypos" -> parties.insureds();
            case "is" -> parties.you() ? "are" : "is";
            case "has" -> parties.you() ? "have" : "has";
            case "act" -> part("act", 0, parties.insurerObject());
            case "actPp" -> part("act", 2, parties.insurerObject());
            case "actGer" -> part("act", 3, parties.insurerObject());
            case "word" -> part("meaning", 0, "").replaceFirst("^(an?|the) ", "");
            case "doMe", "doYou" -> part("act", 0, "the company");
            case "doYou2" -> part("act2", 0, "the company");
            case "doUs" -> part("act", 0, "us");
            case "didYou" -> part("act", 1, "the company");
            case "didYou2" -> part("act2", 1, "the company");
            case "donePp" -> part("act", 2, "the company");
            case "fact" -> fact("$1");
            case "pastFact" -> fact("$2");
            case "term" -> part("meaning", 0, "");
            case "gloss" -> part("meaning", 1, "");
            case "non" -> part("meaning", 2, "");
            case "num", "date", "month", "day", "weekday", "percent", "town" -> expand(word(slot));
            default -> chosenValue(slot);
        };
    }

    /** The value the document has for the slot; {@code thing2} is another thing than {@code thing}. */
    private String chosenValue(String slot) {
        String value = chosen.get(slot);
        if (value == null) {
            String list = slot.endsWith("2") ? slot.substring(0, slot.length() - 1) : slot;
            value = expand(word(list));
            while (slot.endsWith("2") && value.equals(chosen.get(list))) {
                value = expand(word(list));
            }
            chosen.put(slot, value);
        }
        return value;
    }

    /** A fact in its first or its second tense. */
    private String fact(String tense) {
        return expand(chosen.computeIfAbsent("fact", this::word).replaceAll("\\[(\\w+)\\|(\\w+)\\]", tense));
    }

    private String part(String slot, int index, String insurer) {
        String entry = chosen.get(slot);
        if (entry == null) {
            entry = word(slot.equals("act2") ? "act" : slot);
            chosen.put(slot, entry);
        }
        return expand(entry.split("/")[index].replace("{Io}", insurer));
    }

    String word(String slot) {
        return pick(Words.LISTS.get(slot));
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
