package ipn.conformance.evidence;

import ipn.evidence.Proof;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The kind of proof of a test's cases in the report of a gateway. On a class it applies to all its tests. The gateway is the
 * argument of a contract test, or the gateway whose package contains the test. The number of cases must be the same in each run.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Proves {
    Proof value();
}
