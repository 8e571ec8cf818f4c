package io.github.ftmaven.runtime.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that can be loaded into an engine, in loading order. Each stands beside this class and may load modules
 * of packages that are WebJars. Other scripts cannot load modules.
 */
enum Library {
    /** The bridge to Java, which every engine has. */
    BRIDGE,
    /** Globals that Node.js has and QuickJS lacks. */
    NODE,
    /** {@code URL} and {@code URLSearchParams}, for scripts that use them. */
    URL,
    /** {@code Buffer}, for scripts that use it. */
    BUFFER,
    /** Locale-aware numbers, dates and sort order, for scripts that use them. */
    INTL,
    /** Templates. */
    NUNJUCKS,
    /** The formats of JSON Schema. */
    FORMATS,
    /** JSON Schema. */
    AJV,
    /** Formulas. */
    MATH,
    /** Metrics derived by formulas. */
    METRICS;

    private static final String OURS = "/io/github/ftmaven/runtime/script/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";

    /** The directory of each package, and the path of its main module in there. */
    private static final Map<String, String[]> PACKAGES = Map.ofEntries(
            Map.entry("ajv", new String[] {"ajv/8.5.0/", "dist/ajv.js"}),
            Map.entry("base64-js", new String[] {"base64-js/1.5.1/", "index.js"}),
            Map.entry("buffer", new String[] {"buffer/6.0.3/", "index.js"}),
            Map.entry("fast-deep-equal", new String[] {"fast-deep-equal/3.1.3/", "index.js"}),
            Map.entry("ieee754", new String[] {"ieee754/1.2.1/", "index.js"}),
            Map.entry("json-schema-traverse", new String[] {"json-schema-traverse/1.0.0/", "index.js"}),
            Map.entry("mathjs", new String[] {"mathjs/9.4.4/", "lib/browser/math.js"}),
            Map.entry("nunjucks", new String[] {"nunjucks/3.2.4/", "browser/nunjucks.min.js"}),
            Map.entry("uri-js", new String[] {"uri-js/4.4.1/", "dist/es5/uri.all.min.js"}),
            Map.entry("whatwg-url", new String[] {"whatwg-url/14.2.0/", "index.js"}));

    /** A module's path and source. */
    record Module(String path, String source) {}

    /** The script that loads the library. */
    String script() {
        String name = name().toLowerCase(java.util.Locale.ROOT) + ".js";
        String source = resource(OURS + name);
        if (source == null) {
            throw new IllegalStateException(name + " is not in this jar");
        }
        return source;
    }

    /**
     * Finds a module as Node.js does.
     *
     * @param from the path of the requesting module
     * @param name {@code ./relative}, or a package's name, optionally followed by a path
     */
    static Module module(String from, String name) {
        String path = name.startsWith(".") ? URI.create(from).resolve(name).toString() : inPackage(name);
        for (String end : path.endsWith(".js") || path.endsWith(".json") ? List.of("") : List.of(".js", "/index.js")) {
            String source = resource(WEBJARS + path + end);
            if (source != null) {
                return new Module(path + end, source);
            }
        }
        throw new IllegalStateException("no module " + name + " for " + from);
    }

    private static String inPackage(String name) {
        int slash = name.indexOf('/');
        String[] found = PACKAGES.get(slash < 0 ? name : name.substring(0, slash));
        if (found == null) {
            throw new IllegalStateException("no package " + name);
        }
        return found[0] + (slash < 0 ? found[1] : name.substring(slash + 1));
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = Library.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
