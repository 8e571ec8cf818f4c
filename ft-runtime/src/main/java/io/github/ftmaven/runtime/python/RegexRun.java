package io.github.ftmaven.runtime.python;

import io.github.ftmaven.runtime.python.RegexNode.Place;
import io.github.ftmaven.runtime.python.RegexProgram.Instruction;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Applies a pattern to a text. It tries the same choices as CPython, in the same order, but keeps them on a stack of
 * its own, so no text overflows Java's. It never repeats a choice with the same future, so the time grows with the
 * length of the text times the length of the pattern. Patterns without that guarantee, such as those with references
 * to groups, are given up after a limited number of steps.
 */
final class RegexRun {
    /** About a second, and proportionally more for a long text. */
    private static final long MOST_STEPS = 50_000_000;

    private static final long MOST_STEPS_A_CHARACTER = 100;

    private static final int MOST_CHOICES = 1 << 24;
    private static final long MOST_REMEMBERED = 1L << 28;
    private static final int NOWHERE = -1;

    private final String pattern;
    private final Instruction[] code;
    private final int[] text;
    private final int[] registers;
    private final int[] slots;
    private final long[] visited;
    private int[] touched = new int[64];
    private int touches;
    private int[] stack = new int[256];
    private int top;
    private long steps;
    private final long mostSteps;
    private int found;
    private int notEmptyAt = NOWHERE;
    private boolean whole;

    RegexRun(String pattern, RegexProgram program, Instruction[] code, int[] text) {
        this.pattern = pattern;
        this.code = code;
        this.text = text;
        this.registers = new int[program.registers()];
        this.slots = new int[code.length];
        this.visited = memory(program);
        this.mostSteps = MOST_STEPS + MOST_STEPS_A_CHARACTER * text.length;
    }

    /** One bit for each choice, state of its loops, and position; null if that is too many. */
    private long[] memory(RegexProgram program) {
        if (!program.remembers()) {
            return new long[0];
        }
        long count = 0;
        for (int pc = 0; pc < code.length; pc++) {
            if (code[pc].op() == RegexProgram.Op.SPLIT) {
                slots[pc] = (int) count;
                count += 1L << Math.min(code[pc].depth(), 30);
            }
            if (count * (text.length + 1L) > MOST_REMEMBERED) {
                return new long[0];
            }
        }
        return new long[(int) (count * (text.length + 1L) / 64 + 1)];
    }

    /**
     * The next match at a position or after it.
     *
     * @param notEmpty whether a match at the position itself must not be empty
     */
    boolean search(int from, boolean notEmpty) {
        notEmptyAt = notEmpty ? from : NOWHERE;
        for (int start = from; start <= text.length; start++) {
            if (run(start)) {
                return true;
            }
            if (notEmptyAt == start) {
                forget(0);
                notEmptyAt = NOWHERE;
            }
        }
        return false;
    }

    /** Whether a match starts at the beginning of the text or covers all of it. */
    boolean matches(boolean all) {
        whole = all;
        return run(0);
    }

    int start(int group) {
        return registers[2 * group + 1] < 0 ? NOWHERE : registers[2 * group];
    }

    int end(int group) {
        return registers[2 * group + 1];
    }

    private boolean run(int start) {
        Arrays.fill(registers, NOWHERE);
        top = 0;
        boolean matched = run(0, start);
        if (matched) {
            forget(0);
        }
        return matched;
    }

    private void step() {
        if (++steps > mostSteps) {
            throw tooMuch();
        }
    }

    private RegexCostException tooMuch() {
        return new RegexCostException("the pattern " + pattern + " takes too long on a text of " + text.length
                + " characters. Write it so that there are fewer ways to match one text, without repetitions in"
                + " repetitions and references to groups.");
    }

    /** Runs until a match, or the end of a look-around or an atomic group; false if no choice is left. */
    private boolean run(int startPc, int startAt) {
        int base = top;
        int pc = startPc;
        int at = startAt;
        while (true) {
            step();
            Instruction instruction = code[pc];
            boolean goesOn;
            switch (instruction.op()) {
                case ONE -> {
                    goesOn = at < text.length && instruction.test(text[at]);
                    at++;
                    pc++;
                }
                case SPLIT -> {
                    goesOn = visit(pc, instruction, at);
                    if (goesOn) {
                        push(instruction.b(), at);
                        pc = instruction.a();
                    }
                }
                case JUMP -> {
                    goesOn = true;
                    pc = instruction.a();
                }
                case SAVE -> {
                    goesOn = true;
                    set(instruction.a(), at);
                    pc++;
                }
                case CLEAR -> {
                    goesOn = true;
                    set(instruction.a(), NOWHERE);
                    pc++;
                }
                case PLACE -> {
                    goesOn = isAt(instruction.place(), at);
                    pc++;
                }
                case STUCK -> {
                    goesOn = true;
                    pc = registers[instruction.a()] == at ? instruction.b() : pc + 1;
                }
                case RUN, LAZY_RUN -> {
                    at = runs(instruction, pc, at);
                    goesOn = at >= 0;
                    pc++;
                }
                case AGAIN -> {
                    at = again(instruction, at);
                    goesOn = at >= 0;
                    pc++;
                }
                case LOOK -> {
                    goesOn = look(instruction, pc, at);
                    pc = instruction.a();
                }
                case ATOMIC -> {
                    goesOn = within(pc + 1, at);
                    at = found;
                    pc = instruction.a();
                }
                case CONDITION -> {
                    goesOn = true;
                    pc = registers[2 * instruction.a() + 1] >= 0 ? pc + 1 : instruction.b();
                }
                case FOUND -> {
                    found = at;
                    return true;
                }
                default -> {
                    if ((!whole || at == text.length) && (at != notEmptyAt || registers[0] != at)) {
                        found = at;
                        return true;
                    }
                    goesOn = false;
                }
            }
            if (!goesOn) {
                if (!back(base)) {
                    return false;
                }
                pc = stack[top];
                at = stack[top + 1];
            }
        }
    }

    /** Undoes everything since the last choice and pops it from the stack; false if the stack is empty. */
    private boolean back(int base) {
        while (top > base) {
            top -= 2;
            if (stack[top] >= 0) {
                return true;
            }
            registers[~stack[top]] = stack[top + 1];
        }
        return false;
    }

    private void push(int pc, int at) {
        if (top + 2 > stack.length) {
            if (stack.length >= MOST_CHOICES) {
                throw tooMuch();
            }
            stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[top++] = pc;
        stack[top++] = at;
    }

    private void set(int register, int at) {
        push(~register, registers[register]);
        registers[register] = at;
    }

    /** Whether a choice is new; a repeated one has already failed. */
    private boolean visit(int pc, Instruction split, int at) {
        if (visited.length == 0) {
            return true;
        }
        int state = 0;
        for (int i = 0; i < split.depth(); i++) {
            state = (state << 1) | (registers[split.loop(i)] == at ? 1 : 0);
        }
        long bit = (slots[pc] + (long) state) * (text.length + 1L) + at;
        int word = (int) (bit >> 6);
        long mask = 1L << (bit & 63);
        if ((visited[word] & mask) != 0) {
            return false;
        }
        visited[word] |= mask;
        if (touches + 2 > touched.length) {
            touched = Arrays.copyOf(touched, touched.length * 2);
        }
        touched[touches++] = word;
        touched[touches++] = (int) (bit & 63);
        return true;
    }

    /** The choices tried since then did not fail after all. */
    private void forget(int since) {
        while (touches > since) {
            touches -= 2;
            visited[touched[touches]] &= ~(1L << touched[touches + 1]);
        }
    }

    /** Matches a part of the program by itself and discards its choices. */
    private boolean within(int pc, int at) {
        int base = top;
        int since = touches;
        if (!run(pc, at)) {
            return false;
        }
        forget(since);
        int kept = base;
        for (int i = base; i < top; i += 2) {
            if (stack[i] < 0) {
                stack[kept++] = stack[i];
                stack[kept++] = stack[i + 1];
            }
        }
        top = kept;
        return true;
    }

    private boolean look(Instruction look, int pc, int at) {
        boolean negative = look.b() < 0;
        int from = at - (negative ? -1 - look.b() : look.b());
        if (!negative) {
            return from >= 0 && within(pc + 1, from);
        }
        int base = top;
        boolean there = from >= 0 && within(pc + 1, from);
        while (top > base) {
            top -= 2;
            registers[~stack[top]] = stack[top + 1];
        }
        return !there;
    }

    /** Matches single characters, greedily or lazily; the other counts become choices. */
    private int runs(Instruction run, int pc, int at) {
        int most = (int) Math.min((long) at + run.b(), text.length);
        int end = at;
        while (end < most && run.test(text[end])) {
            step();
            end++;
        }
        int least = (int) Math.min((long) at + run.a(), Integer.MAX_VALUE);
        if (end < least) {
            return NOWHERE;
        }
        boolean greedy = run.op() == RegexProgram.Op.RUN;
        for (int i = 0; i < end - least; i++) {
            push(pc + 1, greedy ? least + i : end - i);
        }
        return greedy ? end : least;
    }

    private int again(Instruction again, int at) {
        int start = start(again.a());
        int length = end(again.a()) - start;
        if (start < 0 || at + length > text.length) {
            return NOWHERE;
        }
        for (int i = 0; i < length; i++) {
            step();
            int one = text[start + i];
            int other = text[at + i];
            if (one != other && (again.b() == 0 || Character.toLowerCase(one) != Character.toLowerCase(other))) {
                return NOWHERE;
            }
        }
        return at + length;
    }

    private boolean isAt(Place place, int at) {
        return switch (place) {
            case START -> at == 0;
            case LINE_START -> at == 0 || text[at - 1] == '\n';
            case END -> at == text.length || (at == text.length - 1 && text[at] == '\n');
            case LINE_END -> at == text.length || text[at] == '\n';
            case VERY_END -> at == text.length;
            case BOUNDARY -> text.length > 0 && boundary(Characters::isWord, at);
            case NO_BOUNDARY -> text.length > 0 && !boundary(Characters::isWord, at);
            case ASCII_BOUNDARY -> text.length > 0 && boundary(Characters::isAsciiWord, at);
            case NO_ASCII_BOUNDARY -> text.length > 0 && !boundary(Characters::isAsciiWord, at);
        };
    }

    private boolean boundary(IntPredicate word, int at) {
        return (at > 0 && word.test(text[at - 1])) != (at < text.length && word.test(text[at]));
    }
}
