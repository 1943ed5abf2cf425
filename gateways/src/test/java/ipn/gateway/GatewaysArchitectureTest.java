package ipn.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class GatewaysArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ServiceLoader.load(Gateway.class).stream()
                    .map(gateway -> gateway.type().getPackageName())
                    .toArray(String[]::new));

    @Test
    void gateways_do_not_depend_on_each_other() {
        slices().matching("ipn.gateway.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("ipn.gateway.."),
                        resideInAnyPackage("ipn.gateway.content", "ipn.gateway.signature"))
                .because("what two gateways share belongs to the SPI")
                .check(OURS);
    }

    @Test
    void gateways_know_neither_kafka_nor_the_http_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "io.netty..", "org.apache.avro..")
                .because("a gateway only judges and translates; return a value and let the stage send or answer it")
                .check(OURS);
    }

    @Test
    void no_gateway_reads_a_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callConstructor(Date.class)
                .because("what a notification means must not depend on when it is read; take an Instant")
                .check(OURS);
    }
}
