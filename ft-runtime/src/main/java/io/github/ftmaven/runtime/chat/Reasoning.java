package io.github.ftmaven.runtime.chat;

/**
 * The marks that a model writes its reasoning between, before it answers. The reasoning is learnt like the answer, but
 * answers are compared, and given to programs, without it.
 *
 * @param open begins it, such as {@code <think>}
 * @param close ends it
 * @param begun whether prompts already end with {@code open}, so that an answer begins within the reasoning
 */
record Reasoning(String open, String close, boolean begun) {
    /** What most models that reason write. */
    static final Reasoning THINK = new Reasoning("<think>", "</think>", false);

    /** The same marks behind a prompt, which may have begun the reasoning. */
    Reasoning behind(String prompt) {
        return new Reasoning(open, close, prompt.stripTrailing().endsWith(open));
    }

    /** An answer without the reasoning before it; all of it where the reasoning never ends. No white space at its ends. */
    String without(String answer) {
        return answer.substring(end(answer)).strip();
    }

    /** Where the answer itself begins: behind the reasoning and the white space after it; 0 where there is none. */
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

    /** Whether an answer that is not finished may still be all reasoning. */
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
