package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.PrintableText;
import org.apache.maven.plugin.logging.Log;

/** A log that makes untrusted text harmless. All output of goals and workers goes through it. */
public final class PrintableLog implements Log {
    private final Log log;

    /** Writes to another log. */
    public PrintableLog(Log log) {
        this.log = log;
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public void debug(CharSequence content) {
        log.debug(printable(content));
    }

    @Override
    public void debug(CharSequence content, Throwable error) {
        log.debug(printable(content), error);
    }

    @Override
    public void debug(Throwable error) {
        log.debug(error);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public void info(CharSequence content) {
        log.info(printable(content));
    }

    @Override
    public void info(CharSequence content, Throwable error) {
        log.info(printable(content), error);
    }

    @Override
    public void info(Throwable error) {
        log.info(error);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public void warn(CharSequence content) {
        log.warn(printable(content));
    }

    @Override
    public void warn(CharSequence content, Throwable error) {
        log.warn(printable(content), error);
    }

    @Override
    public void warn(Throwable error) {
        log.warn(error);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public void error(CharSequence content) {
        log.error(printable(content));
    }

    @Override
    public void error(CharSequence content, Throwable error) {
        log.error(printable(content), error);
    }

    @Override
    public void error(Throwable error) {
        log.error(error);
    }

    private static String printable(CharSequence content) {
        return PrintableText.of(String.valueOf(content));
    }
}
