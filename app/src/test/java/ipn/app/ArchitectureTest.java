package ipn.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import ipn.rules.Rules;
import ipn.runtime.SafeCause;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Which room may know which, and what rules may not reach. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("ipn");

    private static final String[] SCHEMAS = {
        "ipn.avro..",
        "ipn.decision..",
        "ipn.key..",
        "ipn.order..",
        "ipn.polling..",
        "ipn.rules..",
        "ipn.seal..",
        "ipn.serde..",
        "ipn.settings..",
        "ipn.topics.."
    };
    private static final String[] SPI = {
        "ipn.drift..",
        "ipn.evidence..",
        "ipn.fact..",
        "ipn.gateway",
        "ipn.gateway.content",
        "ipn.gateway.signature",
        "ipn.http..",
        "ipn.lookup..",
        "ipn.report..",
        "ipn.imported.."
    };
    private static final String[] GATEWAYS = with(SPI, "ipn.gateway..");
    /** Packages of the two Streams stages that are no rules: starters and settings, nodes and stores, dead letters. */
    private static final Set<String> NO_RULES = Set.of(
            "ipn.processor",
            "ipn.processor.deferred",
            "ipn.processor.watch",
            "ipn.projector",
            "ipn.projector.history",
            "ipn.projector.stream",
            "ipn.projector.deadletter");

    private static final DescribedPredicate<JavaClass> IN_RULES =
            DescribedPredicate.describe("reside in a package marked @Rules", type -> isMarked(type.getPackage()));

    /** What each room may know besides itself and the schemas. */
    private static final Map<String, String[]> MAY_KNOW = Map.of(
            "ipn.embedded..",
            new String[] {},
            "ipn.simulator..",
            GATEWAYS,
            "ipn.runtime..",
            new String[] {},
            "ipn.ingress..",
            with(SPI, "ipn.runtime.."),
            "ipn.processor..",
            with(SPI, "ipn.runtime.."),
            "ipn.projector..",
            with(SPI, "ipn.runtime.."),
            "ipn.query..", // its tables are an index for the questions of operations
            with(SPI, "ipn.runtime..", "ipn.operations.."),
            "ipn.client..",
            new String[] {},
            "ipn.access..",
            new String[] {"ipn.client..", "ipn.runtime.."},
            "ipn.operations..",
            SPI);

    @Test
    void every_room_is_looked_at() {
        for (var room : Stream.concat(MAY_KNOW.keySet().stream(), Stream.of(with(SCHEMAS, GATEWAYS)))
                .toList()) {
            assertThat(OURS.stream().filter(type -> type.getPackageName().startsWith(room.replace("..", ""))))
                    .as(room)
                    .isNotEmpty();
        }
    }

    @Test
    void the_shared_language_knows_nothing_of_ours() {
        classes()
                .that()
                .resideInAnyPackage(SCHEMAS)
                .should()
                .onlyDependOnClassesThat(outsideOr(SCHEMAS))
                .because("every room depends on the schemas; move what needs another room into that room")
                .check(OURS);
    }

    @Test
    void gateways_know_the_shared_language_only() {
        classes()
                .that()
                .resideInAnyPackage(GATEWAYS)
                .should()
                .onlyDependOnClassesThat(outsideOr(with(SCHEMAS, GATEWAYS)))
                .because("a gateway can be shipped as a jar of its own; hand it values, and let a stage do the rest")
                .check(OURS);
    }

    static Stream<String> rooms() {
        return MAY_KNOW.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void stages_meet_in_topics_and_nowhere_else(String room) {
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(outsideOr(with(with(SCHEMAS, MAY_KNOW.get(room)), room)))
                .because(
                        "stages run in processes of their own; pass it over a topic, or move what both need into schemas")
                .check(OURS);
    }

    @Test
    void gateways_reach_neither_kafka_nor_the_web_server() {
        noClasses()
                .that()
                .resideInAnyPackage(GATEWAYS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "io.netty..")
                .because("a gateway only judges and translates; return a value and let the stage send or answer it")
                .check(OURS);
    }

    @Test
    void every_package_of_the_streams_stages_is_marked_as_rules_or_has_another_role() {
        var unmarked = OURS.stream()
                .map(JavaClass::getPackage)
                .filter(each -> each.getName().startsWith("ipn.processor")
                        || each.getName().startsWith("ipn.projector"))
                .filter(each -> !isMarked(each))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked)
                .as("packages without @Rules: mark package-info.java, or add the package to NO_RULES with its role")
                .isEqualTo(new TreeSet<>(NO_RULES));
        assertThat(OURS.stream().filter(IN_RULES))
                .as("classes in marked packages")
                .hasSizeGreaterThan(50);
    }

    @Test
    void rules_are_free_of_input_and_output() {
        noClasses()
                .that(IN_RULES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "java.net..", "java.nio.file..", "java.sql..")
                .because("a rule that cannot reach Kafka, files or HTTP gives the same result on every replay; "
                        + "do input and output in the node around it")
                .check(OURS);
    }

    @Test
    void nothing_takes_the_time_but_from_a_clock() {
        for (var type : new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
            noClasses()
                    .that()
                    .resideInAPackage("ipn..")
                    .should()
                    .callMethod(type, "now")
                    .because("replays must not depend on when they run; take a Clock or an Instant")
                    .check(OURS);
        }
    }

    /** Messages can quote what a gateway sent. The embedded registry sees no payment. */
    @Test
    void exceptions_are_logged_without_their_messages() {
        var logging = OURS.stream()
                .filter(type -> !type.getPackageName().equals("ipn.embedded"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(ArchitectureTest::logsException)
                .toList();
        assertThat(logging)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.getOrigin().getMethodCallsFromSelf().stream()
                                .filter(each -> each.getTargetOwner().isEquivalentTo(SafeCause.class))
                                .map(each -> each.getName()))
                        .as("what %s passes on", call.getOrigin().getFullName())
                        .contains("forLog"));
    }

    private static boolean logsException(JavaMethodCall call) {
        var parameters = call.getTarget().getRawParameterTypes();
        var last = parameters.isEmpty() ? null : parameters.get(parameters.size() - 1);
        return last != null
                && last.isEquivalentTo(Throwable.class)
                && (call.getTargetOwner().isEquivalentTo(LoggingEventBuilder.class)
                        || call.getTargetOwner().isEquivalentTo(Logger.class)
                                && !call.getName().equals("debug"));
    }

    @Test
    void rules_have_no_clock_of_their_own() {
        noClasses()
                .that(IN_RULES.or(JavaClass.Predicates.resideInAnyPackage("ipn.fact..", "ipn.gateway..")))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callConstructor(Date.class)
                .because("replays must not depend on when they run; take a Clock or an Instant")
                .check(OURS);
    }

    @Test
    void vendors_own_libraries_stay_in_tests() {
        noClasses()
                .that()
                .resideInAPackage("ipn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.stripe..", "com.standardwebhooks..", "com.svix..", "com.paypal..")
                .because("they are oracles for signatures in tests; what we need of them is small and ours")
                .check(OURS);
    }

    private static boolean isMarked(JavaPackage each) {
        return each.isAnnotatedWith(Rules.class.getName());
    }

    /** Anything that is not ours, or one of these packages. */
    private static DescribedPredicate<JavaClass> outsideOr(String... packages) {
        return JavaClass.Predicates.resideOutsideOfPackage("ipn..")
                .or(JavaClass.Predicates.resideInAnyPackage(packages));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
