package ipn.decision;

import static ipn.decision.TestDecisions.accept;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DecisionKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonsTest {
    @ParameterizedTest
    @CsvSource({
        "ada, , bob, , true",
        "ada, , ada, , false",
        "ada, ada, bob, bob, true",
        "ada, ada, bob, ada, false",
        "ada, ops, bob, ops, false",
        "bob, ada, eve, , false",
        "bob, ada, ada, , false",
        "ada, ada, ada, bob, false",
        "ada, , bob, ada, false",
        "ada, , bob, bob, true"
    })
    void another_name_is_another_person_only_where_no_principal_is_known(
            String by, String principal, String approvedBy, String approvedWith, boolean differ) {
        var decision = accept("d1")
                .setNeedsApproval(true)
                .setBy(by)
                .setPrincipal(principal)
                .build();
        var approval = TestDecisions.about("a1", DecisionKind.APPROVE, "d1")
                .setBy(approvedBy)
                .setPrincipal(approvedWith)
                .build();
        assertThat(Persons.differ(decision, approval)).isEqualTo(differ);
        assertThat(new Decisions(List.of(decision, approval), ApprovalPolicy.NONE).isApproved(decision))
                .isEqualTo(differ);
    }

    @Test
    void limits_count_by_the_principal_whatever_name_is_claimed() {
        assertThat(Persons.of(accept("d1").setBy("bob").setPrincipal("ada").build()))
                .isEqualTo("ada");
        assertThat(Persons.of(accept("d1").setBy("bob").build())).isEqualTo("bob");
    }
}
