package io.github.ftmaven.runtime.chat;

/**
 * The marks around a model's reasoning before its answer. Training learns the reasoning like the answer, but
 * comparisons and callers get answers without it.
 *
 * @param open the mark at its start, such as {@code <think>}
 * @param close the mark at its end
 * @param begun whether prompts already end with {@code open}, so that an answer starts inside the reasoning
 */
record Reasoning(String open, String close, boolean begun) {
    /** The marks of most reasoning models. */
    static final Reasoning THINK = new Reasoning("<think>", "</think>", false);

    /** The same marks after a prompt, which may have started the reasoning. */
    Reasoning behind(String prompt) {
        return new Reasoning(open, close, prompt.stripTrailing().endsWith(open));
    }

    /**
     * An answer without its reasoning and without surrounding white space; the whole text if the reasoning never ends.
     */
    String without(String answer) {
        return answer.substring(end(answer)).strip();
    }

    /** The start of the answer itself, after the reasoning and its white space; 0 if there is no reasoning. */
    int end(String answer) {
        int end = isWithin(answer) ? past(answer, 0) : 0;
        while (end > 0 && answer.startsWith(open, end)) {
            int next = past(answer, end);
            if (next == end) {
                break;
            }
            end = next;
        }
        return end;
    }

    private int past(String answer, int from) {
        int closed = answer.indexOf(close, from);
        if (closed < 0) {
            return from;
        }
        int end = closed + close.length();
        while (end < answer.length() && Character.isWhitespace(answer.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether an incomplete answer may consist of reasoning only. */
    boolean isOpen(String answer) {
        String start = answer.strip();
        boolean opening = !start.isEmpty() && open.startsWith(start);
        return (opening || isWithin(answer)) && !answer.contains(close);
    }

    private boolean isWithin(String answer) {
        String start = answer.strip();
        return begun || start.startsWith(open) || start.startsWith(close);
    }
}
