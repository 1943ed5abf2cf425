package ipn.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("ipn.gateway", "ipn.fact", "ipn.http");

    @Test
    void gateways_know_neither_kafka_nor_the_http_server() {
        noClasses()
                .that()
                .resideInAnyPackage("ipn.gateway..", "ipn.fact..", "ipn.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "io.netty..", "org.apache.avro..")
                .because("a gateway is told bytes and answers values; who asks is none of its business")
                .check(OURS);
    }

    @Test
    void facts_are_plain_values() {
        classes()
                .that()
                .resideInAPackage("ipn.fact..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("ipn.fact..", "java.lang..", "java.util..", "java.time..", "org.jspecify..")
                .because("a fact that cannot reach anything can be replayed and believed")
                .check(OURS);
    }

    @Test
    void asking_over_http_knows_no_gateway() {
        classes()
                .that()
                .resideInAPackage("ipn.http..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "ipn.http..",
                                "ipn.settings..",
                                "java..",
                                "javax.net.ssl..",
                                "org.jspecify..",
                                "com.github.benmanes.caffeine..")
                        .or(type(Bytes.class)))
                .because("who may be asked, and what an answer means, a gateway says")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("ipn.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ipn.http..")
                .because("most gateways sign; those that must be asked reach for it themselves")
                .check(OURS);
    }

    @Test
    void nobody_reads_a_clock() {
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

    @Test
    void gateways_do_not_lean_on_each_other() {
        slices().matching("ipn.gateway.(*)..")
                .should()
                .notDependOnEachOther()
                .because("what two gateways share belongs to ipn.gateway")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("ipn.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ipn.gateway.*..")
                .because("gateways are found, not known")
                .check(OURS);
    }
}
