package io.github.ftmaven.runtime.decoder;

import java.util.Arrays;
import java.util.List;

/** The beginning that prompts share, whose keys and values are computed once for all of them. */
final class CommonPrefix {
    /** The shortest that is worth a call of its own. */
    private static final int SHORTEST = 16;

    private CommonPrefix() {}

    /** Its length in tokens, 0 if it is not worth computing once; never a whole prompt. */
    static int length(List<int[]> prompts) {
        if (prompts.size() == 1) {
            return 0;
        }
        int[] first = prompts.get(0);
        int shared = first.length - 1;
        for (int[] prompt : prompts) {
            int differs = Arrays.mismatch(first, prompt);
            shared = Math.min(shared, Math.min(differs < 0 ? shared : differs, prompt.length - 1));
        }
        // Fill whole vector registers.
        return shared < SHORTEST ? 0 : shared / Documents.ALIGNMENT * Documents.ALIGNMENT;
    }
}
