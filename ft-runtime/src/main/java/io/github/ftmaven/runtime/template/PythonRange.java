package io.github.ftmaven.runtime.template;

import java.util.AbstractList;

/** Python's {@code range}: readable like a list, but not a list to {@code tojson} or {@code +}. */
final class PythonRange extends AbstractList<Object> {
    private final long start;
    private final long stop;
    private final long step;
    private final int size;

    PythonRange(long start, long stop, long step, int size) {
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.size = size;
    }

    @Override
    public Object get(int index) {
        return start + index * step;
    }

    @Override
    public int size() {
        return size;
    }

    /** The items from an index on, in steps. */
    PythonRange slice(long from, long to, long stride) {
        long span = stride > 0 ? to - from : from - to;
        int count = (int) Math.max(0, (span + Math.abs(stride) - 1) / Math.abs(stride));
        return new PythonRange(start + from * step, start + to * step, stride * step, count);
    }

    String repr() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
