package io.github.ftmaven.runtime.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A loaded TorchScript program: an object whose methods take and return tensors. */
public final class Script {
    private final PtSymbolBlock module;

    private Script(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Loads a program from resources, which stand in {@code src/main/torchscript}.
     *
     * @param arena owns the program
     * @param resources the names of files, such as {@code decoder.py}, which together form one class
     * @param className the class to instantiate
     * @param attributes the values of {@code self.NAME} in the program: Boolean, Integer, Long, Double or {@code
     *     int[]}
     */
    public static Script load(Arena arena, List<String> resources, String className, Map<String, Object> attributes) {
        try {
            Path archive = Files.createTempFile("ft-script", ".pt");
            try {
                Files.write(archive, archive(resources, className, attributes));
                return new Script(JniUtils.loadModule(
                        (PtNDManager) arena.manager(), archive, false, new String[0], new String[0], true));
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the program's archive, which {@code torch.jit.load} reads. */
    public static byte[] archive(List<String> resources, String className, Map<String, Object> attributes) {
        StringBuilder code = new StringBuilder();
        try {
            for (String resource : resources) {
                code.append(text(resource)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ScriptArchive.pack(className, code.toString(), attributes);
    }

    private static String text(String resource) throws IOException {
        String path = "/io/github/ftmaven/runtime/torchscript/" + resource;
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("ft-runtime's jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Calls a method that needs no gradients. Tensors that it returns can be read and given to other calls of this method, but
     * not to {@link #differentiate}, unless it copies them.
     *
     * @param results owns the returned tensors
     * @param arguments in the method's order: {@link Tensor}, {@code List<Tensor>}, Integer or Long, Double, Boolean, {@code
     *     int[]} or {@code long[]} for a list of integers, {@code double[]}
     * @return the method's tensor, or its list or tuple of tensors
     * @throws OutOfMemoryException if the device has not enough memory
     */
    public List<Tensor> call(Arena results, String method, Object... arguments) {
        return run(
                method,
                arguments,
                returned -> returned.toNDList((PtNDManager) results.manager()).stream()
                        .map(Tensor::new)
                        .toList());
    }

    /** Calls a method that changes attributes of the program, and returns a number. */
    public long set(String method, Object... arguments) {
        return run(method, arguments, IValue::toLong);
    }

    private <T> T run(String method, Object[] arguments, Function<IValue, T> result) {
        optimizeNothing();
        List<IValue> values = new ArrayList<>();
        try {
            for (Object argument : arguments) {
                values.add(value(argument));
            }
            try (IValue returned = IValueUtils.runMethod(module, method, values.toArray(IValue[]::new))) {
                return result.apply(returned);
            }
        } catch (EngineException e) {
            throw OutOfMemoryException.of(e);
        } finally {
            values.forEach(IValue::close);
        }
    }

    /**
     * Calls a method that computes gradients. DJL passes it tensors and lists of tensors, but no numbers.
     *
     * @param results owns the returned tensors
     * @param arguments in the method's order: {@link Tensor} or a non-empty {@code List<Tensor>}
     * @return the method's tensor, or its list or tuple of tensors
     * @throws OutOfMemoryException if the device has not enough memory
     */
    public List<Tensor> differentiate(Arena results, String method, Object... arguments) {
        // DJL gives the results to the manager of the first array, so the array that names the method comes first.
        NDArray name = results.manager().create(0);
        name.setName("module_method:" + method);
        NDList list = new NDList();
        list.add(name);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Tensor tensor) {
                tensor.array().setName(null);
                list.add(tensor.array());
            } else if (arguments[i] instanceof List<?> tensors && !tensors.isEmpty()) {
                for (Object tensor : tensors) {
                    NDArray array = ((Tensor) tensor).array();
                    array.setName("l" + i + "[]"); // tells DJL that the arrays form one List argument
                    list.add(array);
                }
            } else {
                throw new IllegalArgumentException(
                        "argument " + i + " of " + method + " is not a tensor or a list of tensors");
            }
        }
        optimizeNothing();
        try {
            return IValueUtils.forward(module, list, true).stream()
                    .map(Tensor::new)
                    .toList();
        } catch (EngineException e) {
            throw OutOfMemoryException.of(e);
        } finally {
            name.close();
        }
    }

    /** A setting per thread. Optimisation makes the first calls ten times slower and gains nothing later. */
    private static void optimizeNothing() {
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static IValue value(Object argument) {
        if (argument instanceof Tensor tensor) {
            return IValue.from((PtNDArray) tensor.array());
        }
        if (argument instanceof List<?> tensors) {
            return IValue.listFrom(
                    tensors.stream().map(t -> (PtNDArray) ((Tensor) t).array()).toArray(PtNDArray[]::new));
        }
        if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        }
        if (argument instanceof Double number) {
            return IValue.from(number);
        }
        if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        }
        if (argument instanceof int[] numbers) {
            return IValue.listFrom(Arrays.stream(numbers).asLongStream().toArray());
        }
        if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        if (argument instanceof double[] numbers) {
            return IValue.listFrom(numbers);
        }
        throw new IllegalArgumentException("no method of a script takes a " + argument.getClass());
    }
}
