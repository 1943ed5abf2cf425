package ipn.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import ipn.gateway.content.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "ipn.drift", "ipn.evidence", "ipn.fact", "ipn.gateway", "ipn.http", "ipn.lookup", "ipn.report");

    @Test
    void the_contract_knows_neither_kafka_nor_the_http_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "io.netty..", "org.apache.avro..")
                .because("a gateway only judges and translates; return a value and let the stage send or answer it")
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
                .because("a gateway names the hosts and reads the answers")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("ipn.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ipn.http..")
                .because("most gateways sign; those that must be asked reach for it themselves")
                .check(OURS);
    }

    /** No measurement of time shows this as surely as the code does. */
    @Test
    void bytes_are_compared_in_constant_time() {
        assertThat(OURS.get(Bytes.class).getMethod("equals", Object.class).getMethodCallsFromSelf())
                .as(
                        "Signatures are compared with it, and a comparison that ends early reveals how much of one was right")
                .extracting(call -> call.getTarget().getFullName())
                .containsExactly("java.security.MessageDigest.isEqual([B, [B)");
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
    void content_knows_no_delivery_and_the_contract_no_signature() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("content")
                .definedBy("ipn.gateway.content")
                .layer("contract")
                .definedBy("ipn.gateway")
                .layer("signature")
                .definedBy("ipn.gateway.signature")
                .whereLayer("signature")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("contract")
                .mayOnlyBeAccessedByLayers("signature")
                .because("a gateway that signs in a way of its own takes the contract and leaves the kit")
                .check(OURS);
    }
}
