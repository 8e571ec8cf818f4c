package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Engine;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Loads the engine with the libraries of this project, and nothing from Spark: a cluster has its own versions of Jackson, of
 * SLF4J, and of much else.
 */
final class EngineLoader extends URLClassLoader {
    private static final String SHARED = Engine.class.getPackageName() + ".";

    private final ClassLoader spark;

    private EngineLoader(URL[] urls, ClassLoader spark) {
        super("ft-engine", urls, ClassLoader.getPlatformClassLoader());
        this.spark = spark;
    }

    /**
     * Creates it.
     *
     * @param jars of the engine, as paths of the machine that leads
     * @param here finds one of them on this machine
     */
    static EngineLoader of(List<String> jars, UnaryOperator<String> here) {
        List<URL> urls = new ArrayList<>();
        urls.add(EngineLoader.class.getProtectionDomain().getCodeSource().getLocation());
        try {
            for (String jar : jars) {
                urls.add(new File(here.apply(jar)).toURI().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
        return new EngineLoader(urls.toArray(URL[]::new), EngineLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return name.startsWith(SHARED) ? spark.loadClass(name) : super.findClass(name);
    }

    /** Creates an object of a class on the engine's side. */
    <T> T create(String name, Class<T> as) {
        try {
            return as.cast(loadClass(name).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
