package io.github.ftmaven.runtime.template;

import java.time.Clock;
import java.util.Map;

/**
 * A Jinja2 template as transformers renders chat templates: {@code trim_blocks}, {@code lstrip_blocks}, {@code break}
 * and {@code continue}, {@code {% generation %}}, {@code raise_exception}, {@code strftime_now} and transformers' {@code
 * tojson}, in a sandbox: templates reach no file and no Java, cannot change the values they are given, and are bounded
 * in steps, depth and output. Immutable; safe for several threads.
 */
public final class Template {
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
        return new Template(new Parser(Lexer.tokens(source, true)).template(), false, source);
    }

    /**
     * Parses a template by Jinja's own defaults, but that its last newline is kept and what is undefined is an error
     * wherever it is used: as lm-eval does.
     *
     * @throws TemplateException if it is not valid, with the line
     */
    public static Template strict(String source) {
        return new Template(new Parser(Lexer.tokens(source, false)).template(), true, source);
    }

    /** The text that was parsed. */
    public String source() {
        return source;
    }

    /**
     * Renders the template.
     *
     * @param variables strings, booleans, longs, big integers, doubles, {@link None}, lists and maps of these
     * @param clock what {@code strftime_now} reads
     * @throws TemplateException if it fails or raises, with the line
     */
    public Rendering render(Map<String, Object> variables, Clock clock) {
        Scope globals = new Scope(null);
        Globals.define(globals, clock);
        Scope scope = new Scope(globals);
        variables.forEach(scope::set);
        Frame.Run run = new Frame.Run(strict);
        StringBuilder out = new StringBuilder();
        try {
            body.run(new Frame(run, scope, out, 0));
        } catch (TemplateException e) {
            throw e.at(run.line);
        } catch (StackOverflowError e) {
            throw new TemplateException("the template is nested too deeply").at(run.line);
        } catch (LoopControl e) {
            throw new TemplateException("break or continue outside of a loop").at(run.line);
        }
        return new Rendering(out.toString(), run.generated);
    }
}
