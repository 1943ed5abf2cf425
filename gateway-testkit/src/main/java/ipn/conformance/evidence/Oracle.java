package ipn.conformance.evidence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The vendors' libraries that stand witness in a test which {@link Proves} something. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Oracle {
    /** Each as {@code group:artifact}; the version is read from the library itself. */
    String[] value();
}
