package ipn.conformance.evidence;

import ipn.evidence.Proof;
import ipn.gateway.Gateway;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads the annotations of tests, and finds the gateway of a test by its package. */
final class Proving {
    private Proving() {}

    static Optional<Proof> proofOf(Method test) {
        return annotation(test, Proves.class).map(Proves::value);
    }

    static Stream<String> oraclesOf(Method test) {
        return annotation(test, Oracle.class).map(Oracle::value).stream().flatMap(Arrays::stream);
    }

    /** The gateway whose package, or a subpackage of it, contains the test. */
    static Optional<String> gatewayOf(Class<?> test) {
        var name = test.getPackageName() + ".";
        return Gateways.all()
                .filter(gateway -> name.startsWith(gateway.getClass().getPackageName() + "."))
                .max(Comparator.comparing(
                        gateway -> gateway.getClass().getPackageName().length()))
                .map(Gateway::name);
    }

    private static <A extends Annotation> Optional<A> annotation(Method test, Class<A> type) {
        return AnnotationSupport.findAnnotation(test, type)
                .or(() -> AnnotationSupport.findAnnotation(test.getDeclaringClass(), type));
    }
}
