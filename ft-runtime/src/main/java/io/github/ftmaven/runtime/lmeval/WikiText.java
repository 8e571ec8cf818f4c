package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.python.PythonRegex;
import java.util.ArrayList;
import java.util.List;

/** Joins WikiText's tokens into plain text, as lm-eval's task wikitext does. */
final class WikiText {
    private static final PythonRegex NUMBERED = PythonRegex.compile("/' [0-9]/");

    /** Spaces inside these pairs are removed; each pair lists its opening and closing character. */
    private static final List<String> PAIRS = List.of("()", "[]", "{}", "\"\"", "''");

    private static final List<PythonRegex> SPACED = spaced();
    private static final String[][] BEFORE = {
        {" @-@ ", "-"},
        {" @,@ ", ","},
        {" @.@ ", "."},
        {" : ", ": "},
        {" ; ", "; "},
        {" . ", ". "},
        {" ! ", "! "},
        {" ? ", "? "},
        {" , ", ", "},
    };
    private static final String[][] AFTER = {
        {"= = = =", "===="},
        {"= = =", "==="},
        {"= =", "=="},
        {" \u00b0 ", "\u00b0"},
        {" \n", "\n"},
        {"\n ", "\n"},
        {" N ", " 1 "},
        {" 's", "'s"},
    };

    private WikiText() {}

    private static List<PythonRegex> spaced() {
        List<PythonRegex> spaced = new ArrayList<>();
        for (String pair : PAIRS) {
            String close = "\\" + pair.charAt(1);
            spaced.add(PythonRegex.compile("\\" + pair.charAt(0) + "\\s*([^" + close + "]*?)\\s*" + close));
        }
        return spaced;
    }

    static String of(String page) {
        String text = page.replace("s '", "s'");
        text = NUMBERED.replace(text, groups -> "/'[0-9]/");
        text = replaced(text, BEFORE);
        for (int i = 0; i < PAIRS.size(); i++) {
            String pair = PAIRS.get(i);
            text = SPACED.get(i).replace(text, groups -> pair.charAt(0) + groups.get(1) + pair.charAt(1));
        }
        return replaced(text, AFTER);
    }

    private static String replaced(String text, String[][] pairs) {
        String replaced = text;
        for (String[] pair : pairs) {
            replaced = replaced.replace(pair[0], pair[1]);
        }
        return replaced;
    }
}
