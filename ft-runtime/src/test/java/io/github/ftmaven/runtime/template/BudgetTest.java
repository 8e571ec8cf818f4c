package io.github.ftmaven.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every filter, test, method and operator pays for what it is given and for what it makes; those that are added later too. */
class BudgetTest {
    private static final int SIZE = 1 << 14;
    private static final String LONG = "ab c\n".repeat(SIZE / 5);
    private static final List<Object> WIDE = wide();

    private static List<Object> wide() {
        List<Object> wide = new ArrayList<>();
        for (int i = 0; i < SIZE / 4; i++) {
            wide.add((long) i % 1000);
        }
        return wide;
    }

    /** Values of each kind, large ones. */
    private static List<Object> large() {
        Map<Object, Object> map = new LinkedHashMap<>();
        WIDE.subList(0, 1000).forEach(item -> map.put("key " + item, item));
        for (int i = 0; i < SIZE / 4; i++) {
            map.put("k" + i, 1L);
        }
        return List.of(LONG, new Markup(LONG), WIDE, new Tuple(WIDE), map, new View("dict_keys", WIDE));
    }

    private static List<Arguments> arguments() {
        return List.of(
                Arguments.NONE,
                Arguments.of(1L),
                Arguments.of("a"),
                Arguments.of(LONG),
                Arguments.of(WIDE),
                Arguments.of("a", LONG),
                Arguments.of(1L << 40, "x"),
                Arguments.of("upper"),
                Arguments.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L),
                Arguments.of(1_000_000L, "x"));
    }

    static Stream<String> filters() {
        return Filters.names().stream();
    }

    static Stream<String> tests() {
        return Tests.names().stream().sorted();
    }

    static Stream<String> methods() {
        return StringMethods.names().stream().sorted();
    }

    static Stream<String> operators() {
        return Stream.concat(Operators.VALUES.stream(), Operators.COMPARISONS.stream());
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersPay(String name) {
        for (Object value : large()) {
            for (Arguments arguments : arguments()) {
                pays(name, SIZE / 64, () -> used(Filters.apply(name, value, arguments)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void testsPay(String name) {
        for (Object value : large()) {
            for (Arguments arguments : arguments()) {
                pays(name, SIZE / 64, () -> Tests.holds(name, value, arguments));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodsPay(String name) {
        for (Arguments arguments : arguments()) {
            pays(name, SIZE / 64, () -> StringMethods.call(LONG, name, arguments));
            pays(name, SIZE / 64, () -> MarkupMethods.call(new Markup(LONG), name, arguments));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void operatorsPayForWhatTheyMake(String operator) {
        List<Object> values = new ArrayList<>(large());
        values.addAll(List.of(3L, 1L << 40, Double.NaN, "%s", new java.math.BigInteger("9".repeat(4000)), None.NONE));
        for (Object one : values) {
            for (Object other : values) {
                pays(
                        operator,
                        0,
                        () -> Operators.VALUES.contains(operator)
                                ? Operators.apply(operator, one, other)
                                : Operators.holds(operator, one, other));
            }
        }
    }

    /** A lazy result is read to its end. */
    private static Object used(Object result) {
        return result instanceof Generator ? Python.items(result) : result;
    }

    /**
     * An operation ends in a value or in the interpreter's own error, and has paid for what it was given and what it made.
     * What it refuses it need not have looked at.
     */
    private static void pays(String name, long least, Supplier<Object> operation) {
        Budget.within(1_000_000, () -> {
            Object result;
            try {
                result = operation.get();
            } catch (TemplateException e) {
                return null;
            }
            long made = result instanceof String text
                    ? text.length()
                    : result instanceof Markup marked
                            ? marked.text().length()
                            : result instanceof List<?> list && !(result instanceof PythonRange) ? list.size() : 0;
            assertThat(Budget.current().spent()).as(name).isGreaterThanOrEqualTo(Math.max(least, made / 16));
            return null;
        });
    }

    /** Nothing but {@link Text} makes texts bit by bit, so that no operation can make a long one for nothing. */
    @Test
    void textsAreMadeWithinTheBudget() throws IOException {
        JavaClasses room = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.ftmaven.runtime.template");
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveSimpleName("Text")
                .should()
                .callMethod(String.class, "repeat", int.class)
                .orShould()
                .callMethod(String.class, "join", CharSequence.class, Iterable.class)
                .check(room);
        // In classes every joining of texts is a builder; the sources tell which ones were written.
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/github/ftmaven/runtime/template"))) {
            assertThat(sources.filter(source -> !source.endsWith("Text.java")))
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(Files.readString(source)).doesNotContain("new StringBuilder"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=(1,)) %}{% for i in range(60) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=(1,)) %}{% for i in range(60) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {ns.s: 1} }}",
                "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}"
                        + "{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
                "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
                "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l | tojson }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(100000) %}{% set ns.l = ns.l | map('string') %}{% endfor %}{{ ns.l | list }}",
                "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = ns.l + ['x' * 1000000 ~ i] %}{% endfor %}",
                "{% for i in range(100000) %}{% set x = ('x' * 1000000) | upper %}{% endfor %}",
                "{% for i in range(100000) %}{% set x = 'y' in ('x' * 1000000) %}{% endfor %}",
                "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('ab') }}",
                "{% for x in [[[]]] recursive %}{{ loop([[[x]]]) }}{% endfor %}",
                "{{ 2 ** 131072 }}",
                "{{ (2 ** 100000) | string | length }}",
                "{{ 10 ** 4300 }}",
                "{{ '%*d' % (99999999999, 1) }}",
                "{{ '{:999999999}'.format(1) }}",
                "{{ '{:.99999999f}'.format(1.5) }}",
                "{{ '{:,.1f}{:0=99999999,}'.format(1, 2) }}",
                "{{ 'x'.ljust(99999999999) }}",
                "{{ 'x' | indent(99999999999, true) }}",
                "{{ [1] | tojson(indent=99999999999) }}",
                "{{ [1] | batch(99999999999, 0) | list }}",
                "{{ '\\t'.expandtabs(2147483647) }}",
                "{{ 'abcdef'.replace('', 'x' * 10000000) }}",
                "{{ (['x' * 1000000] * 1000) | join }}",
                "{{ 'x'.join(['y' * 1000000] * 1000) }}",
                "{{ ('%s' * 1000) % ((('x' * 1000000),) * 1000) }}",
                "{{ strftime_now('%c' * 10000000) }}",
                "{{ range(-9223372036854775807, 9223372036854775807) }}",
                "{% for i in range(100000) %}{% for j in range(100000) if false %}{% endfor %}{% endfor %}"
            })
    void isBounded(String template) {
        assertThatThrownBy(() ->
                        Budget.within(3_000_000, () -> Template.of(template).render(Map.of(), Clock.systemUTC())))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("line 1: ")
                .hasMessageNotContaining("an error of this plugin");
    }

    /** What Java would throw, or decide wrongly, where Python has a value. */
    @Test
    void hasPythonsValues() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("'abc'[::9223372036854775807]", "a");
        values.put("'abc'[::-9223372036854775808]", "c");
        values.put("[1, 2, 3][1::4611686018427387904]", "[2]");
        values.put("range(10)[::4611686018427387904] | list", "[0]");
        values.put("'%12000d' % 1 | length", "12000");
        values.put("'x'.ljust(200000) | length", "200000");
        values.put("'%.500f' % 1.5 | length", "502");
        values.put("[1] | tojson(indent=90) | length", "95");
        values.put("'\\t'.expandtabs(200000) | length", "200000");
        values.put("([1e999 - 1e999, 1] * 50) | sort | length", "100");
        values.put("(' a' * 300000).split() | length", "300000");
        values.put("(' a' * 300000).rsplit() | length", "300000");
        values.put("('a' * 100000 + 'b').find('a' * 50000 + 'b')", "50000");
        values.put("('ba' * 100000).rfind('b' + 'ab' * 40000)", "119998");
        values.put("('ab' * 100).rsplit('ab' * 20, 1)[0] | length", "160");
        values.put("range(5)[4:0:-2] | list", "[4, 2]");
        values.put("(1, 2)[5:2]", "()");
        values.put("'a😀b'[1]", "😀");
        values.put("'a😀b'[-1]", "b");
        values.put("'a😀b'[1:2]", "😀");
        values.put("['\\uffff', '😀'] | sort | first == '\\uffff'", "True");
        values.forEach((expression, value) -> assertThat(Template.of("{{ "
                                + (expression.contains(" | ")
                                        ? "(" + expression.replaceFirst(" \\| ", ") | ")
                                        : expression)
                                + " }}")
                        .render(Map.of(), Clock.systemUTC())
                        .text())
                .as(expression)
                .isEqualTo(value));
    }

    @Test
    void writesANamespaceThatHoldsItself() {
        assertThat(Template.of(
                                "{% set ns = namespace(a=1) %}{% set ns.me = [ns] %}{{ ns }}{{ ns == ns }}{{ {ns: 1}[ns] }}")
                        .render(Map.of(), Clock.systemUTC())
                        .text())
                .isEqualTo("<Namespace {'a': 1, 'me': [<Namespace {...}>]}>True1");
    }

    @Test
    void cutsWhatIsRaised() {
        assertThatThrownBy(() ->
                        Template.of("{{ raise_exception('x' * 3000000) }}").render(Map.of(), Clock.systemUTC()))
                .hasMessage("line 1: " + "x".repeat(2000) + "… (3000000 characters)");
    }

    @Test
    void readsLongAndFlatTemplates() {
        String chain = "{{ 1" + " + 1".repeat(50_000) + " }}";
        assertThat(Template.of(chain).render(Map.of(), Clock.systemUTC()).text())
                .isEqualTo("50001");
        String filters = "{{ 'a'" + " | upper".repeat(50_000) + " }}";
        assertThat(Template.of(filters).render(Map.of(), Clock.systemUTC()).text())
                .isEqualTo("A");
        String literal = "{{ '" + "\\n".repeat(200_000) + "' | length }}";
        assertThat(Template.of(literal).render(Map.of(), Clock.systemUTC()).text())
                .isEqualTo("200000");
        String number = "{{ 1" + "_0".repeat(4_000) + " % 7 }}";
        assertThat(Template.of(number).render(Map.of(), Clock.systemUTC()).text())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ x if y",
                " if z",
                "{{ a[",
                "{{ {1: ",
                "{{ f(",
                "{% for x in ",
                "{% macro m() %}",
                "{% filter upper %}",
                "{% call m() %}",
                "{{ 1 if 1 else ",
                "{{ not ",
                "{{ -",
                "{{ '",
                "{#",
                "{% raw %}",
                "1_",
                "1e",
                "\\",
                "{% set (",
                "{{ x.",
                "{{ x|"
            })
    void refusesBrokenTemplates(String part) {
        for (String template :
                List.of(part, part.repeat(4_000), "{{ " + part.repeat(4_000), "{{ x" + part.repeat(4_000))) {
            try {
                Template.of(template).render(Map.of(), Clock.systemUTC());
            } catch (TemplateException e) {
                assertThat(e).hasMessageStartingWith("line ").hasMessageNotContaining("an error of this plugin");
            }
        }
    }
}
