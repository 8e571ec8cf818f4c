package io.github.ftmaven.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The rule for records; for the tests of both modules. */
public final class Records {
    private static final int MOST = 9;

    /** Holds for records that a reader can take in. */
    public static final ArchRule STAY_SMALL = classes()
            .that()
            .areRecords()
            .should(new HaveFewComponents())
            .because(
                    "a call of a longer constructor tells nobody which value is which; group the components by meaning");

    private Records() {}

    private static final class HaveFewComponents extends ArchCondition<JavaClass> {
        HaveFewComponents() {
            super("have at most " + MOST + " components");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            long components = type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .count();
            if (components > MOST) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + components + " components"));
            }
        }
    }
}
