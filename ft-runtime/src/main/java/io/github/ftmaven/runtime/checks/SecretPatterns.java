package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.Sensitive.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises keys and tokens by the forms that their issuers publish.
 *
 * <p>Each form has a text that is always in it, so that most texts are done with after a plain search, and every
 * repetition has a bound, so that no text takes long.
 */
final class SecretPatterns {
    /** A form of secret; {@code anchor} is in every one of them. */
    private record Form(String kind, String anchor, Pattern pattern) {
        Form(String kind, String anchor, String pattern) {
            this(kind, anchor, Pattern.compile(pattern));
        }
    }

    private static final String BEFORE = "(?<![A-Za-z0-9_])";
    private static final String AFTER = "(?![A-Za-z0-9_])";

    private static final List<Form> FORMS = List.of(
            new Form("AWS access key", "AKIA", BEFORE + "AKIA[A-Z2-7]{16}" + AFTER),
            new Form("AWS access key", "ASIA", BEFORE + "ASIA[A-Z2-7]{16}" + AFTER),
            new Form(
                    "AWS secret key",
                    "ecret",
                    "(?i)aws.{0,20}secret.{0,20}?[\"'=:\\s]{1,5}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"),
            new Form("Azure storage key", "AccountKey=", "AccountKey=[A-Za-z0-9+/]{86}=="),
            new Form("GitHub token", "gh", BEFORE + "gh[pousr]_[A-Za-z0-9]{36,255}" + AFTER),
            new Form("GitHub token", "github_pat_", BEFORE + "github_pat_[A-Za-z0-9_]{60,255}" + AFTER),
            new Form("GitLab token", "glpat-", BEFORE + "glpat-[A-Za-z0-9_-]{20,255}"),
            new Form("Google API key", "AIza", BEFORE + "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
            new Form("Google OAuth secret", "GOCSPX-", BEFORE + "GOCSPX-[A-Za-z0-9_-]{28}"),
            new Form("Google OAuth token", "ya29.", BEFORE + "ya29\\.[A-Za-z0-9_-]{20,1000}"),
            new Form("Hugging Face token", "hf_", BEFORE + "hf_[A-Za-z0-9]{30,60}" + AFTER),
            new Form("Anthropic key", "sk-ant-", BEFORE + "sk-ant-[A-Za-z0-9]{2,20}-[A-Za-z0-9_-]{20,255}"),
            new Form(
                    "OpenAI key",
                    "sk-",
                    BEFORE + "sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,255}|[A-Za-z0-9]{48}" + AFTER + ")"),
            new Form("npm token", "npm_", BEFORE + "npm_[A-Za-z0-9]{36}" + AFTER),
            new Form("PyPI token", "pypi-AgE", BEFORE + "pypi-AgE[A-Za-z0-9_-]{50,1000}"),
            new Form("SendGrid key", "SG.", BEFORE + "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
            new Form("Slack token", "xox", BEFORE + "xox[abeoprs]-[A-Za-z0-9-]{10,255}"),
            new Form("Slack token", "xapp-", BEFORE + "xapp-\\d-[A-Za-z0-9-]{10,255}"),
            new Form(
                    "Slack webhook",
                    "hooks.slack.com/",
                    "hooks\\.slack\\.com/services/[A-Z0-9]{5,20}/[A-Z0-9]{5,20}/[A-Za-z0-9]{16,40}"),
            new Form("Stripe key", "_live_", BEFORE + "[rs]k_live_[A-Za-z0-9]{16,255}" + AFTER),
            new Form("Stripe key", "_test_", BEFORE + "[rs]k_test_[A-Za-z0-9]{16,255}" + AFTER),
            new Form("Telegram token", ":AA", BEFORE + "\\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
            new Form("Twilio key", "SK", BEFORE + "SK[0-9a-f]{32}" + AFTER),
            new Form(
                    "JWT",
                    "eyJ",
                    BEFORE + "eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{4,8000}\\.[A-Za-z0-9_-]{16,1000}"),
            new Form(
                    "URL with a password",
                    "://",
                    "(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s/:@\"'<>]{1,100}:[^\\s/@\"'<>]{3,200}@"
                            + "[A-Za-z0-9.\\[-][A-Za-z0-9.:\\[\\]-]{0,200}"));

    private static final String KEY = "PRIVATE KEY";
    private static final Pattern KEY_BEGIN =
            Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern KEY_END =
            Pattern.compile("-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----");

    /** What an issuer uses in its own documentation. */
    private static final String DOCUMENTED = "EXAMPLE";

    private SecretPatterns() {}

    /** The secrets of a text. */
    static List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        for (Form form : FORMS) {
            if (text.contains(form.anchor())) {
                Matcher matcher = form.pattern().matcher(text);
                while (matcher.find()) {
                    if (!matcher.group().endsWith(DOCUMENTED)) {
                        spans.add(new Span(matcher.start(), matcher.end(), form.kind()));
                    }
                }
            }
        }
        if (text.contains(KEY)) {
            privateKeys(text, spans);
        }
        return spans;
    }

    /** A private key goes to its end mark, or to the end of a text that was cut. */
    private static void privateKeys(String text, List<Span> spans) {
        Matcher begin = KEY_BEGIN.matcher(text);
        Matcher end = KEY_END.matcher(text);
        int from = 0;
        while (from < text.length() && begin.find(from)) {
            from = end.find(begin.end()) ? end.end() : text.length();
            spans.add(new Span(begin.start(), from, "private key"));
        }
    }
}
