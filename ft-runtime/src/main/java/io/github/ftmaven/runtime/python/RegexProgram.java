package io.github.ftmaven.runtime.python;

import io.github.ftmaven.runtime.python.RegexNode.Again;
import io.github.ftmaven.runtime.python.RegexNode.Alternatives;
import io.github.ftmaven.runtime.python.RegexNode.Atomic;
import io.github.ftmaven.runtime.python.RegexNode.Capture;
import io.github.ftmaven.runtime.python.RegexNode.Conditional;
import io.github.ftmaven.runtime.python.RegexNode.Look;
import io.github.ftmaven.runtime.python.RegexNode.One;
import io.github.ftmaven.runtime.python.RegexNode.Place;
import io.github.ftmaven.runtime.python.RegexNode.Repeat;
import io.github.ftmaven.runtime.python.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern as instructions for {@link RegexRun}. Registers 2n and 2n + 1 hold the start and end of group n. The
 * registers after them hold the start of the last round of each loop whose body can be empty.
 */
final class RegexProgram {
    /** The instructions; the comments name their operands. */
    enum Op {
        ONE, // test
        SPLIT, // first choice, second choice
        JUMP, // to
        SAVE, // register
        CLEAR, // register
        PLACE,
        STUCK, // register, exit: leaves a loop whose last round was empty
        RUN, // test; greedy, between two bounds
        LAZY_RUN,
        AGAIN, // group, whether the case is ignored
        LOOK, // next instruction, how far back, whether negative
        ATOMIC, // next instruction
        CONDITION, // group, the other branch
        FOUND, // the end of a look or an atomic group
        MATCH
    }

    /** One instruction. */
    static final class Instruction {
        private final Op op;
        private final int a;
        private final int b;
        private final IntPredicate test;
        private final Place place;
        private final int[] loops;

        private Instruction(Op op, int a, int b, IntPredicate test, Place place, int[] loops) {
            this.op = op;
            this.a = a;
            this.b = b;
            this.test = test;
            this.place = place;
            this.loops = loops;
        }

        private Instruction with(int newA, int newB) {
            return new Instruction(op, newA, newB, test, place, loops);
        }

        Op op() {
            return op;
        }

        int a() {
            return a;
        }

        int b() {
            return b;
        }

        /** Makes an instruction that matches a character. */
        boolean test(int character) {
            return test.test(character);
        }

        /** Makes an {@link Op#PLACE}. */
        Place place() {
            return place;
        }

        /** The number of enclosing loops whose body can be empty. */
        int depth() {
            return loops.length;
        }

        /** The register of a loop. */
        int loop(int number) {
            return loops[number];
        }
    }

    private static final int MOST_INSTRUCTIONS = 100_000;
    private static final int MOST_COPIES = 1_000;

    private final List<Instruction> code = new ArrayList<>();
    private final List<Integer> loops = new ArrayList<>();
    private final int groups;
    private int registers;
    private boolean remembers = true;

    private RegexProgram(int groups) {
        this.groups = groups;
        this.registers = 2 * (groups + 1);
    }

    static RegexProgram of(RegexParser.Parsed parsed) {
        RegexProgram program = new RegexProgram(parsed.groups());
        program.add(new Capture(0, parsed.root()));
        program.emit(Op.MATCH, 0, 0);
        return program;
    }

    int groups() {
        return groups;
    }

    int registers() {
        return registers;
    }

    /** Whether the rest depends only on the instruction, the position and the loops' registers. */
    boolean remembers() {
        return remembers;
    }

    Instruction[] code() {
        return code.toArray(Instruction[]::new);
    }

    private int emit(Op op, int a, int b) {
        return emit(op, a, b, RegexProgram::nothing, Place.START);
    }

    private static boolean nothing(int character) {
        return false;
    }

    private int emit(Op op, int a, int b, IntPredicate test, Place place) {
        if (code.size() >= MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException("it is too large: nested repetitions multiply its size");
        }
        code.add(new Instruction(
                op,
                a,
                b,
                test,
                place,
                loops.stream().mapToInt(Integer::intValue).toArray()));
        return code.size() - 1;
    }

    private void patch(int place, int a, int b) {
        code.set(place, code.get(place).with(a, b));
    }

    private void add(RegexNode node) {
        if (node instanceof One one) {
            emit(Op.ONE, 0, 0, one.test(), Place.START);
        } else if (node instanceof Sequence sequence) {
            sequence.parts().forEach(this::add);
        } else if (node instanceof Alternatives alternatives) {
            alternatives(alternatives.parts());
        } else if (node instanceof Capture capture) {
            emit(Op.SAVE, 2 * capture.number(), 0);
            add(capture.body());
            emit(Op.SAVE, 2 * capture.number() + 1, 0);
        } else if (node instanceof Repeat repeat) {
            repeat(repeat);
        } else if (node instanceof Place place) {
            emit(Op.PLACE, 0, 0, RegexProgram::nothing, place);
        } else if (node instanceof Look look) {
            int start = emit(Op.LOOK, 0, 0);
            add(look.body());
            emit(Op.FOUND, 0, 0);
            patch(start, code.size(), look.negative() ? -1 - look.back() : look.back());
        } else if (node instanceof Atomic atomic) {
            int start = emit(Op.ATOMIC, 0, 0);
            add(atomic.body());
            emit(Op.FOUND, 0, 0);
            patch(start, code.size(), 0);
        } else if (node instanceof Again again) {
            remembers = false;
            emit(Op.AGAIN, again.number(), again.ignoreCase() ? 1 : 0);
        } else if (node instanceof Conditional conditional) {
            remembers = false;
            int start = emit(Op.CONDITION, 0, 0);
            add(conditional.yes());
            int jump = emit(Op.JUMP, 0, 0);
            patch(start, conditional.number(), code.size());
            add(conditional.no());
            patch(jump, code.size(), 0);
        }
    }

    private void alternatives(List<RegexNode> parts) {
        List<Integer> jumps = new ArrayList<>();
        for (RegexNode part : parts.subList(0, parts.size() - 1)) {
            int split = emit(Op.SPLIT, 0, 0);
            add(part);
            jumps.add(emit(Op.JUMP, 0, 0));
            patch(split, split + 1, code.size());
        }
        add(parts.get(parts.size() - 1));
        jumps.forEach(jump -> patch(jump, code.size(), 0));
    }

    private void repeat(Repeat repeat) {
        boolean endless = repeat.max() == RegexNode.UNBOUNDED;
        int copies = endless ? repeat.min() : repeat.max();
        IntPredicate single = repeat.body().single();
        if (single != null && copies > MOST_COPIES) {
            emit(repeat.greedy() ? Op.RUN : Op.LAZY_RUN, repeat.min(), repeat.max(), single, Place.START);
            return;
        }
        int must = Math.min(repeat.min(), copies);
        int start = code.size();
        for (int i = 0; i < must && (i == 0 || code.size() > start); i++) {
            add(repeat.body());
        }
        if (!endless && copies == must) {
            return;
        }
        boolean canBeEmpty = repeat.body().least() == 0;
        int register = registers;
        if (canBeEmpty) {
            registers++;
            emit(Op.CLEAR, register, 0);
        }
        List<int[]> exits = new ArrayList<>();
        int head = code.size();
        for (int i = must; endless ? i == must : i < copies; i++) {
            int stuck = canBeEmpty ? emit(Op.STUCK, register, 0) : -1;
            int split = emit(Op.SPLIT, 0, 0);
            exits.add(new int[] {stuck, split});
            if (canBeEmpty) {
                emit(Op.SAVE, register, 0);
                loops.add(register);
            }
            add(repeat.body());
            if (endless) {
                emit(Op.JUMP, head, 0);
            }
            if (canBeEmpty) {
                loops.remove(loops.size() - 1);
            }
        }
        int exit = code.size();
        for (int[] one : exits) {
            if (one[0] >= 0) {
                patch(one[0], register, exit);
            }
            int into = one[1] + 1;
            patch(one[1], repeat.greedy() ? into : exit, repeat.greedy() ? exit : into);
        }
    }
}
