package ipn.operations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OperationsRulesTest {
    private static final JavaClasses OURS =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("ipn.operations");

    @Test
    void time_comes_from_the_clock_that_is_passed_in() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .because("what is written down must not depend on where it runs; take the Clock")
                .check(OURS);
    }

    @Test
    void operations_know_gateways_and_no_stage() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("ipn.ingress..", "ipn.processor..", "ipn.projector..", "ipn.app..")
                .because("topics are the only meeting place of the stages")
                .check(OURS);
    }
}
