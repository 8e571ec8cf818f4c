package io.github.ftmaven.runtime.memory;

/** Adds up tensors, and of them those beside which the allocator of a CPU loses room in its heap. */
final class TensorTally {
    /** glibc gives larger blocks back at once; the worker sets this threshold. */
    private static final double MAPPED = 1 << 25;

    private double all;
    private double inHeap;

    /** One tensor. */
    TensorTally tensor(double rows, double width, double bytes) {
        return tensors(1, rows, width, bytes);
    }

    /** Several of one shape. */
    TensorTally tensors(double count, double rows, double width, double bytes) {
        double each = rows * width * bytes;
        all += count * each;
        if (each < MAPPED) {
            inHeap += count * each;
        }
        return this;
    }

    /** Several of one shape that lie in room which larger ones left, and lose none. */
    TensorTally filling(double count, double rows, double width, double bytes) {
        all += count * rows * width * bytes;
        return this;
    }

    TensorTally add(TensorTally other, double times) {
        all += times * other.all;
        inHeap += times * other.inHeap;
        return this;
    }

    long bytes() {
        return Math.round(all);
    }

    long inHeap() {
        return Math.round(inHeap);
    }
}
