package io.github.ftmaven.runtime.script;

import io.roastedroot.quickjs4j.core.JavyPluginModule;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.ValType;

/**
 * QuickJS, compiled to WebAssembly and from there to Java. {@link Host} is its only access to the outside; its printed
 * output is discarded. It can be reset to an earlier image.
 */
final class QuickJs {
    private static final int WASM_PAGE = 1 << 16;

    /** The largest memory for everything in a script. */
    static final int MAX_MEMORY = 192 << 20;

    /** The longest result. */
    static final int MAX_TEXT = 16 << 20;

    /** A result exceeds the limit. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The engine's access to the outside, until {@code bridge.js} hides it. */
    interface Host {
        /** Handles a request; an exception ends the script. */
        String call(String function, String argument);
    }

    private final Host host;
    private Instance instance;

    /** Starts an engine. */
    QuickJs(Host host) {
        this.host = host;
        this.instance = instance();
        instance.export("initialize_runtime").apply();
    }

    /** An engine that starts from an image. */
    QuickJs(Host host, Image image) {
        this.host = host;
        this.instance = instance();
        restore(image);
    }

    private Instance instance() {
        HostFunction invoke = new HostFunction(
                "endive",
                "invoke",
                FunctionType.of(Collections.nCopies(6, ValType.I32), List.of(ValType.I32)),
                (module, arguments) -> new long[] {
                    invoked(module, text(module, arguments[2], arguments[3]), text(module, arguments[4], arguments[5]))
                });
        return Instance.builder(JavyPluginModule.load())
                .withMachineFactory(JavyPluginModule::create)
                .withMemoryFactory(
                        limits -> new ByteArrayMemory(new MemoryLimits(limits.initialPages(), MAX_MEMORY / WASM_PAGE)))
                .withImportValues(ImportValues.builder()
                        .addFunction(Wasi.functions())
                        .addFunction(invoke)
                        .build())
                .build();
    }

    private static String text(Instance module, long address, long length) {
        if (length > MAX_TEXT) {
            throw new TooLargeException();
        }
        return new String(module.memory().readBytes((int) address, (int) length), StandardCharsets.UTF_8);
    }

    /** Handles a script's request, and returns the address of a result's address and length. */
    private int invoked(Instance module, String function, String argument) {
        byte[] answer = host.call(function, argument).getBytes(StandardCharsets.UTF_8);
        int text = written(module, answer);
        int pair = allocated(module, 2 * Integer.BYTES);
        module.memory().writeI32(pair, text);
        module.memory().writeI32(pair + Integer.BYTES, answer.length);
        return pair;
    }

    private static int written(Instance module, byte[] bytes) {
        int address = allocated(module, Math.max(1, bytes.length));
        module.memory().write(address, bytes);
        return address;
    }

    private static int allocated(Instance module, int bytes) {
        return (int) module.export("cabi_realloc").apply(0, 0, 1, bytes)[0];
    }

    /** Compiles a script, and returns the code's address in memory. */
    int compile(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        return (int) instance.export("compileSrc").apply(written(instance, bytes), bytes.length)[0];
    }

    /** Runs compiled code and its promises. */
    void run(int compiled) {
        Memory memory = instance.memory();
        instance.export("eval").apply(memory.readInt(compiled), memory.readInt(compiled + Integer.BYTES), 0, 0);
    }

    /** An image of the engine's current state; it shares unchanged pages with the image that it came from. */
    Image image(@Nullable Image parent) {
        long[] globals = new long[instance.globalCount()];
        for (int g = 0; g < globals.length; g++) {
            globals[g] = instance.global(g).getValue();
        }
        Memory memory = instance.memory();
        return Image.of(memory.readBytes(0, memory.pages() * WASM_PAGE), globals, parent);
    }

    /** Resets the engine to an image and removes every later change. */
    void restore(Image image) {
        // A memory never shrinks, and its free part must match the image too.
        if (instance.memory().pages() * WASM_PAGE != image.size()) {
            instance = instance();
            instance.memory().grow(image.size() / WASM_PAGE - instance.memory().pages());
        }
        Memory memory = instance.memory();
        byte[][] pages = image.pages();
        for (int p = 0; p < pages.length; p++) {
            memory.write(p * Image.PAGE, pages[p], 0, Image.PAGE);
        }
        long[] globals = image.globals();
        for (int g = 0; g < globals.length; g++) {
            if (Objects.equals(instance.global(g).getMutabilityType(), MutabilityType.Var)) {
                instance.global(g).setValue(globals[g]);
            }
        }
    }
}
