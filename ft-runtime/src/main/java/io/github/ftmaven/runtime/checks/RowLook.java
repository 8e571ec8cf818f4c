package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Digest128;
import java.lang.Character.UnicodeScript;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the texts of one row while they are in memory, and notes what the checks need to know of it later. Several
 * threads may use it.
 */
public final class RowLook {
    static final int ASKS = 1;
    static final int LABEL = 1 << 1;
    static final int EMPTY_ANSWER = 1 << 2;
    static final int COPIED = 1 << 3;
    static final int SPECIAL = 1 << 4;
    static final int SECRET = 1 << 5;
    static final int PERSONAL = 1 << 6;
    static final int BROKEN = 1 << 7;
    static final int ALTERED = 1 << 8;
    private static final int SCRIPT = 16; // the number of the script, from one

    private static final List<UnicodeScript> SCRIPTS = List.of(UnicodeScript.values());

    private final SpecialTokensInText tokens;

    /**
     * Prepares to look.
     *
     * @param specialTokens the texts that the tokenizer takes for marks of its own; empty where questions may hold them
     */
    public RowLook(Collection<String> specialTokens) {
        this.tokens = new SpecialTokensInText(specialTokens);
    }

    /** What a row shows. */
    public RowNotes notes(InspectedRow row) {
        int marks = mark(row.question().asks(), ASKS)
                | mark(AnswerLabels.isLabel(row), LABEL)
                | mark(ShortAnswers.isEmpty(row), EMPTY_ANSWER)
                | mark(CopiedPrompts.copies(row), COPIED)
                | mark(tokens.in(row).isPresent(), SPECIAL)
                | mark(row.texts().stream().anyMatch(SensitiveText::hasSecret), SECRET)
                | mark(row.texts().stream().anyMatch(SensitiveText::isPersonal), PERSONAL)
                | mark(row.texts().stream().anyMatch(Mojibake::isBroken), BROKEN)
                | mark(row.encoded().altered(), ALTERED)
                | ForeignScripts.script(row)
                                .map(script -> SCRIPTS.indexOf(script) + 1)
                                .orElse(0)
                        << SCRIPT;
        return new RowNotes(Digest128.of(row.answer()).low(), row.encoded().answer(), marks);
    }

    private static int mark(boolean shown, int mark) {
        return shown ? mark : 0;
    }

    /** Whether the template or the tokenizer changes a row's answer. */
    public static boolean isAltered(RowNotes notes) {
        return notes.shows(ALTERED);
    }

    /** The script of a row; empty if it has few letters. */
    static Optional<UnicodeScript> script(RowNotes notes) {
        int script = notes.marks() >>> SCRIPT;
        return script == 0 ? Optional.empty() : Optional.of(SCRIPTS.get(script - 1));
    }
}
