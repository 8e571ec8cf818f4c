package io.github.ftmaven.runtime.template;

import java.time.Clock;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A Jinja2 template as transformers renders chat templates: {@code trim_blocks}, {@code lstrip_blocks}, {@code break}
 * and {@code continue}, {@code {% generation %}}, {@code raise_exception}, {@code strftime_now} and transformers'
 * {@code tojson}. Templates run in a sandbox: they cannot access files or Java, nor change the values passed to them,
 * and a {@link Budget} limits their steps, depth, output and memory. Immutable; safe for several threads.
 */
public final class Template {
    private static final int LONGEST = 1 << 20;

    private final Statement body;
    private final boolean strict;
    private final String source;

    private Template(Statement body, boolean strict, String source) {
        this.body = body;
        this.strict = strict;
        this.source = source;
    }

    /**
     * Parses a template.
     *
     * @throws TemplateException if it is not valid, with the line
     */
    public static Template of(String source) {
        return new Template(parsed(source, true), false, source);
    }

    /**
     * Parses a template as lm-eval does: by Jinja's own defaults, except that the last newline is kept and any use of
     * an undefined value is an error.
     *
     * @throws TemplateException if it is not valid, with the line
     */
    public static Template strict(String source) {
        return new Template(parsed(source, false), true, source);
    }

    private static Statement parsed(String source, boolean trimming) {
        if (source.length() > LONGEST) {
            throw new TemplateException("the template has " + source.length() + " characters; the limit is " + LONGEST)
                    .at(1);
        }
        Lexer lexer = new Lexer(source, trimming);
        return bounded(lexer::line, () -> new Parser(lexer.tokens()).template());
    }

    /** The text that was parsed. */
    public String source() {
        return source;
    }

    /**
     * Renders the template.
     *
     * @param variables strings, booleans, longs, big integers, doubles, {@link None}, lists and maps of these
     * @param clock the time for {@code strftime_now}
     * @throws TemplateException if it fails or raises, with the line
     */
    public Rendering render(Map<String, Object> variables, Clock clock) {
        int[] line = {1};
        return bounded(() -> line[0], () -> {
            Scope globals = new Scope(null);
            Globals.define(globals, clock);
            Scope scope = new Scope(globals);
            variables.forEach(scope::set);
            Frame.Run run = new Frame.Run(strict);
            Text out = new Text();
            try {
                body.run(new Frame(run, scope, out, 0));
            } finally {
                line[0] = Math.max(1, run.line);
            }
            return new Rendering(out.toString(), run.generated);
        });
    }

    /** Only {@link TemplateException}, with a place, leaves the interpreter. */
    private static <T> T bounded(IntSupplier line, Supplier<T> work) {
        try {
            return Budget.within(work);
        } catch (TemplateException e) {
            throw e.at(line.getAsInt());
        } catch (StackOverflowError e) {
            throw new TemplateException("the template is nested too deeply").at(line.getAsInt());
        } catch (OutOfMemoryError e) {
            throw new TemplateException("the template needs more memory than is available").at(line.getAsInt());
        } catch (RuntimeException e) {
            throw new TemplateException("cannot evaluate the template because of a bug in this plugin (" + e + ")", e)
                    .at(line.getAsInt());
        }
    }
}
