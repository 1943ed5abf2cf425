package ipn.conformance.evidence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The vendor libraries that a test with {@link Proves} compares with. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Oracle {
    /** Each as {@code group:artifact}; the version is read from the name of the library's jar. */
    String[] value();
}
