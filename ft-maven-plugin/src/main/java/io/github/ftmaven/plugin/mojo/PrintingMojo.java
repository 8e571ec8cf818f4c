package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.worker.PrintableLog;
import io.github.ftmaven.runtime.error.PrintableText;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.logging.Log;

/** What all goals say, in the log and as the reason why they fail, with foreign text in it that can do no harm. */
abstract class PrintingMojo extends AbstractMojo {
    @Override
    public final Log getLog() {
        return new PrintableLog(super.getLog());
    }

    /** The log for lines that bear colours of their own, and no foreign text that was not made harmless. */
    final Log styledLog() {
        return super.getLog();
    }

    /** The message of an exception; several lines begin below the sentence that Maven puts before them. */
    static String paragraph(Exception e) {
        String text = PrintableText.of(String.valueOf(e.getMessage()));
        return text.contains("\n") ? "\n" + text : text;
    }
}
