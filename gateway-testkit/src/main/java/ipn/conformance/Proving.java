package ipn.conformance;

import ipn.evidence.Proof;
import ipn.gateway.Gateway;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests that prove something: those of the kit, and those in the package of a gateway. */
final class Proving {
    private static final String KIT = Proving.class.getPackageName();
    /** Names by which a build finds tests that are run every time. */
    private static final String RUN_EVERY_TIME = "(Test.*|.*Test|.*Tests|.*TestCase)";

    private static final String LONG = "long";

    private Proving() {}

    static Optional<Proof> proofOf(Method test) {
        return annotation(test, Proves.class).map(Proves::value);
    }

    static Stream<String> oraclesOf(Method test) {
        return annotation(test, Oracle.class).map(Oracle::value).stream().flatMap(Arrays::stream);
    }

    static String nameOf(Method test) {
        return test.getDeclaringClass().getName() + "#" + test.getName();
    }

    /** By name, every test that has to be part of a run which shows all that can be shown of this gateway. */
    static Set<String> expectedOf(GatewayUnderTest gateway) {
        var packages = new TreeSet<>(Set.of(KIT, gateway.getClass().getPackageName()));
        Gateways.find(gateway.name())
                .map(found -> found.getClass().getPackageName())
                .ifPresent(packages::add);
        return packages.stream()
                .flatMap(name ->
                        ReflectionSupport.findAllClassesInPackage(name, Proving::isRunEveryTime, any -> true).stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(test -> !test.isSynthetic()
                        && AnnotationSupport.isAnnotated(test, Testable.class)
                        && proofOf(test).isPresent())
                .map(Proving::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The gateway in whose package, or below it, a test lies. */
    static Optional<String> gatewayOf(Class<?> test) {
        var name = test.getPackageName() + ".";
        return Gateways.all()
                .filter(gateway -> name.startsWith(gateway.getClass().getPackageName() + "."))
                .max(Comparator.comparing(
                        gateway -> gateway.getClass().getPackageName().length()))
                .map(Gateway::name);
    }

    private static boolean isRunEveryTime(Class<?> type) {
        var outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        return outermost.getSimpleName().matches(RUN_EVERY_TIME)
                && AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
                        .noneMatch(tag -> tag.value().equals(LONG));
    }

    private static <A extends Annotation> Optional<A> annotation(Method test, Class<A> type) {
        return AnnotationSupport.findAnnotation(test, type)
                .or(() -> AnnotationSupport.findAnnotation(test.getDeclaringClass(), type));
    }
}
