package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.fact.Fact;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymentStatementsKitTest {
    private static final Fact PENDING = refund(RefundStatus.PENDING);
    private static final Fact SUCCEEDED = refund(RefundStatus.SUCCEEDED);

    @Test
    void the_newest_statement_wins_whichever_came_first() {
        var inOrder = new PaymentStatements();
        inOrder.receive("e1", says(1, PENDING));
        inOrder.receive("e2", says(2, SUCCEEDED));
        var otherwise = new PaymentStatements();
        otherwise.receive("e2", says(2, SUCCEEDED));
        otherwise.receive("e1", says(1, PENDING));
        otherwise.receive("e2", says(2, SUCCEEDED));
        assertThat(otherwise).isEqualTo(inOrder);
        assertThat(inOrder.facts().values())
                .extracting(PaymentStatements.Statement::fact)
                .containsExactly(SUCCEEDED);
    }

    @Test
    void one_version_that_says_two_things_is_found_out() {
        var statements = new PaymentStatements();
        statements.receive("e1", says(1, PENDING));
        assertThatThrownBy(() -> statements.receive("e1", says(1, SUCCEEDED)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Refund of e1: two different statements about re_1");
    }

    private static Fact refund(RefundStatus status) {
        return new Refund("re_1", new Money(100, "USD"), status);
    }

    private static Notification says(long at, Fact fact) {
        return new Notification("refund", Instant.ofEpochSecond(at), 0, Optional.empty(), List.of(fact));
    }
}
