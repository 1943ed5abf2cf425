package ipn.conformance.evidence;

import ipn.evidence.Proof;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test's cases count as in the report of a gateway. On a class it counts for all its tests. The gateway is the one a
 * contract test is given; elsewhere the one in whose package the test lies. The number of cases must be the same in every run.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Proves {
    Proof value();
}
