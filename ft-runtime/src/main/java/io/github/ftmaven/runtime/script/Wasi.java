package io.github.ftmaven.runtime.script;

import java.security.SecureRandom;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The engine's operating system interface: the time, and random bytes for its tables. It has no environment variables
 * and no files, and discards printed output.
 */
final class Wasi {
    private static final String MODULE = "wasi_snapshot_preview1";
    private static final int SUCCESS = 0;
    private static final int BAD_FILE = 8;
    private static final int NO_SEEK = 70;
    private static final int CHARACTER_DEVICE = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private interface Call {
        int apply(Memory memory, int[] arguments);
    }

    private Wasi() {}

    static HostFunction[] functions() {
        return new HostFunction[] {
            function("random_get", "ii", (memory, a) -> {
                byte[] bytes = new byte[a[1]];
                RANDOM.nextBytes(bytes);
                memory.write(a[0], bytes);
                return SUCCESS;
            }),
            function("environ_sizes_get", "ii", (memory, a) -> {
                memory.writeI32(a[0], 0);
                memory.writeI32(a[1], 0);
                return SUCCESS;
            }),
            function("environ_get", "ii", (memory, a) -> SUCCESS),
            function("clock_time_get", "iIi", (memory, a) -> {
                memory.writeLong(a[2], a[0] == 0 ? System.currentTimeMillis() * 1_000_000 : System.nanoTime());
                return SUCCESS;
            }),
            function("fd_write", "iiii", Wasi::drop),
            function("fd_read", "iiii", (memory, a) -> {
                memory.writeI32(a[3], 0);
                return SUCCESS;
            }),
            function("fd_fdstat_get", "ii", (memory, a) -> {
                memory.fill((byte) 0, a[1], a[1] + 24);
                memory.writeByte(a[1], (byte) CHARACTER_DEVICE);
                return SUCCESS;
            }),
            function("fd_close", "i", (memory, a) -> SUCCESS),
            function("fd_seek", "iIii", (memory, a) -> NO_SEEK),
            function("fd_prestat_get", "ii", (memory, a) -> BAD_FILE),
            function("fd_prestat_dir_name", "iii", (memory, a) -> BAD_FILE),
            new HostFunction(MODULE, "proc_exit", FunctionType.of(List.of(ValType.I32), List.of()), (instance, a) -> {
                throw new IllegalStateException("the engine ended itself");
            })
        };
    }

    /** Discards printed text, given as a list of addresses and lengths, and reports all of it as written. */
    private static int drop(Memory memory, int[] arguments) {
        int length = 0;
        for (int i = 0; i < arguments[2]; i++) {
            length += memory.readInt(arguments[1] + 8 * i + 4);
        }
        memory.writeI32(arguments[3], length);
        return SUCCESS;
    }

    /** A function of 32-bit and, marked by an {@code I}, 64-bit numbers; our functions ignore the latter. */
    private static HostFunction function(String name, String parameters, Call call) {
        List<ValType> types = parameters
                .chars()
                .mapToObj(kind -> kind == 'I' ? ValType.I64 : ValType.I32)
                .toList();
        return new HostFunction(MODULE, name, FunctionType.of(types, List.of(ValType.I32)), (instance, arguments) -> {
            int[] numbers = new int[arguments.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (int) arguments[i];
            }
            return new long[] {call.apply(instance.memory(), numbers)};
        });
    }
}
