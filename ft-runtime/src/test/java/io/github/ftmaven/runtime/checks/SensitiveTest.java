package io.github.ftmaven.runtime.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3702 0044 0532 0130 00",
                "DE89370400440532013000",
                "GB29 NWBK 6016 1331 9268 19",
                "gb82 west 1234 5698 7654 32",
                "FR14 2004 1010 0505 0001 3M02 606",
                "NO93 8601 1117 947",
                "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
                "BE68-5390-0754-7034",
                "CH93 0076 2011 6238 5295 7",
                "NL91 ABNA 0417 1643 00"
            })
    void findsAnIban(String iban) {
        boolean valid = !iban.startsWith("DE89 3702"); // one digit of the next one is wrong
        assertThat(kinds("Pay to " + iban + ", please.")).isEqualTo(valid ? List.of("IBAN") : List.of());
        assertThat(kinds("PAY TO " + iban + " AT ONCE")).isEqualTo(valid ? List.of("IBAN") : List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000",
                "DE8937040044053201300",
                "DE893704004405320130000",
                "XX89370400440532013000",
                "GB29 NWBK 6016 1331 9268 91",
                "XDE89370400440532013000"
            })
    void knowsWhatIsNoIban(String text) {
        assertThat(kinds(text)).doesNotContain("IBAN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "3782 822463 10005",
                "6011111111111117",
                "30569309025904",
                "3530111333300000",
                "6200000000000005",
                "４１１１１１１１１１１１１１１１"
            })
    void findsACardNumber(String number) {
        assertThat(kinds("card " + number + ", 12/27")).containsExactly("card number");
        assertThat(kinds("card " + number + " 12/27 123")).containsExactly("card number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "4111 1111 1111 1112",
                "9111111111111111",
                "411111111111111",
                "41111111111111111111111",
                "41 11 11 11 11 11 11 11",
                "0000000000000000",
                "id-4111111111111111a",
                "3.4111111111111111"
            })
    void knowsWhatIsNoCardNumber(String text) {
        assertThat(kinds(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "write to jo.doe+x@mail.acme.co.uk now, write to [e-mail address] now",
        "<a@b.io>, <[e-mail address]>",
        "müller@büro.de!, [e-mail address]!",
        "a@b.io;c@d.io, [e-mail address];[e-mail address]",
        "jo@example.com, jo@example.com",
        "jo@shop.example, jo@shop.example",
        "icon@2x.png, icon@2x.png",
        "git@github.com:o/r, git@github.com:o/r",
        "a @b c@ d, a @b c@ d",
        "@everyone, @everyone"
    })
    void masksAddresses(String text, String masked) {
        assertThat(Sensitive.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "call +49 30 901820 today, call [phone number] today",
        "call +49 (0) 30 / 90-18-20, call [phone number]",
        "call +14155552671, call [phone number]",
        "call (415) 854-2671, call [phone number]",
        "call 415-854-2671., call [phone number].",
        "call 415-555-0123, call 415-555-0123",
        "1+1234567, 1+1234567",
        "order 123-456-7890, order 123-456-7890",
        "2026-12-01 10:15:30, 2026-12-01 10:15:30",
        "10.20.30.40, 10.20.30.40"
    })
    void masksPhoneNumbers(String text, String masked) {
        assertThat(Sensitive.mask(text)).isEqualTo(masked);
    }

    /** Written in pieces, so that no scanner takes this file for a leak. */
    static Stream<List<String>> secrets() {
        String x = "aB3dE6gH9j".repeat(20);
        return Stream.of(
                List.of("AWS access key", "AK" + "IA" + "QWERTYUIOPASDF23"),
                List.of("AWS secret key", "aws_secret_access_key = " + x.substring(0, 40)),
                List.of("Azure storage key", "Account" + "Key=" + x.substring(0, 86) + "=="),
                List.of("GitHub token", "gh" + "p_" + x.substring(0, 36)),
                List.of("GitHub token", "github" + "_pat_" + x.substring(0, 82)),
                List.of("GitLab token", "gl" + "pat-" + x.substring(0, 20)),
                List.of("Google API key", "AI" + "za" + x.substring(0, 35)),
                List.of("Google OAuth secret", "GOC" + "SPX-" + x.substring(0, 28)),
                List.of("Google OAuth token", "ya" + "29." + x.substring(0, 60)),
                List.of("Hugging Face token", "h" + "f_" + x.substring(0, 34)),
                List.of("Anthropic key", "sk-" + "ant-api03-" + x.substring(0, 90)),
                List.of("OpenAI key", "sk-" + "proj-" + x.substring(0, 40)),
                List.of("OpenAI key", "sk-" + x.substring(0, 48)),
                List.of("npm token", "np" + "m_" + x.substring(0, 36)),
                List.of("PyPI token", "py" + "pi-AgE" + x.substring(0, 60)),
                List.of("SendGrid key", "S" + "G." + x.substring(0, 22) + "." + x.substring(0, 43)),
                List.of("Slack token", "xo" + "xb-1234567890-" + x.substring(0, 20)),
                List.of("Slack webhook", "hooks.slack" + ".com/services/T12345678/B12345678/" + x.substring(0, 24)),
                List.of("Stripe key", "sk" + "_live_" + x.substring(0, 24)),
                List.of("Telegram token", "123456789" + ":AA" + x.substring(0, 33)),
                List.of("Twilio key", "S" + "K" + "0123456789abcdef".repeat(2)),
                List.of("JWT", "ey" + "Jhbgciojiuzi.ey" + "Jzdwixoiex." + x.substring(0, 43)),
                List.of("URL with a password", "postgres://app:" + "s3cretpw@db.acme.io:5432"),
                List.of(
                        "private key",
                        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA " + "PRIVATE KEY-----"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void masksASecret(List<String> secret) {
        assertThat(Sensitive.mask("use " + secret.get(1) + " here")).isEqualTo("use [" + secret.get(0) + "] here");
        assertThat(Sensitive.mask(secret.get(1))).isEqualTo("[" + secret.get(0) + "]");
    }

    @Test
    void knowsWhatIsNoSecret() {
        for (String text : List.of(
                "AK" + "IAIOSFODNN7EXAMPLE",
                "task-" + "a".repeat(48),
                "gh" + "p_short",
                "https://acme.io:8080/path@x",
                "http://user@acme.io/",
                "eyJ alone",
                "-----BEGIN PUBLIC KEY-----",
                "SK" + "0123")) {
            assertThat(SecretPatterns.find(text)).as(text).isEmpty();
        }
    }

    @Test
    void masksAPrivateKeyThatWasCut() {
        assertThat(Sensitive.mask("a -----BEGIN " + "PRIVATE KEY-----\nMIIEv")).isEqualTo("a [private key]");
    }

    @Test
    void leavesNoHalfOfASecretInAReport() {
        String password = "hunter2hunter2";
        String url = "ftp://jo:" + password + "@acme.io";
        CheckedRows rows = new CheckedRows().train("see " + url + " " + url + " or ask jo.doe@acme.io", "x");
        assertThat(rows.run().toString()).contains("[URL with a password]").doesNotContain("hunter", "jo:", "doe");
        String many = "x".repeat(295) + " jo.doe@acme.io";
        assertThat(Sighting.shown(many)).doesNotContain("jo.");
    }

    private static List<String> kinds(String text) {
        return Sensitive.spans(text).stream().map(Sensitive.Span::kind).toList();
    }
}
