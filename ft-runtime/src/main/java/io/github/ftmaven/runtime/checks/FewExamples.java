package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.spec.Method;
import java.util.List;
import java.util.Locale;

/** Fewer training rows than a method needs to learn more than the rows themselves. */
final class FewExamples implements DataCheck {
    private static final int FOR_ADAPTERS = 50;
    private static final int FOR_ALL_WEIGHTS = 500;

    private final Method method;

    FewExamples(Method method) {
        this.method = method;
    }

    @Override
    public List<Finding> find(Inspection rows) {
        int enough = method == Method.FULL ? FOR_ALL_WEIGHTS : FOR_ADAPTERS;
        int count = rows.train().size();
        return count >= enough
                ? List.of()
                : List.of(new Finding(
                        String.format(
                                Locale.ROOT,
                                "train: too few rows for %s, which needs %d or more",
                                method.name().toLowerCase(Locale.ROOT),
                                enough),
                        count,
                        List.of()));
    }
}
