package io.github.ftmaven.runtime;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a class's tests under default locales that have digits of their own or know a dotless i: what a build writes must
 * not depend on who builds.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(EveryLocale.Locales.class)
public @interface EveryLocale {
    /** Sets the locales, one after the other. */
    final class Locales implements ClassTemplateInvocationContextProvider {
        private static final List<String> TAGS =
                List.of("und", "fa-IR", "th-TH-u-nu-thai", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva");

        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<Invocation> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return TAGS.stream().map(Invocation::new);
        }
    }

    /** The tests of a class under one locale. */
    record Invocation(String tag) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return tag;
        }

        @Override
        @SuppressForbidden("it is put back")
        public List<Extension> getAdditionalExtensions() {
            Locale before = Locale.getDefault();
            return List.of(
                    (BeforeClassTemplateInvocationCallback) context -> Locale.setDefault(Locale.forLanguageTag(tag)),
                    (AfterClassTemplateInvocationCallback) context -> Locale.setDefault(before));
        }
    }
}
