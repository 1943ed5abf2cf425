package ipn.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StoreRoutingTest {
    @Test
    void a_payment_and_an_order_are_in_the_partition_of_their_key() {
        assertThat(StoreRouting.routingKey("payments", "stripe/main/pi_1")).isEqualTo("stripe/main/pi_1");
        assertThat(StoreRouting.routingKey("payment-allocations", "stripe/main/pi_1"))
                .isEqualTo("stripe/main/pi_1");
        assertThat(StoreRouting.routingKey("order-allocations", "o_1")).isEqualTo("o_1");
    }

    @Test
    void an_entitlement_is_in_the_partition_of_its_subject() {
        assertThat(StoreRouting.routingKey("entitlement-claims", "u%2F1/promotion/post-1"))
                .isEqualTo("u/1");
    }

    @Test
    void what_is_due_is_in_the_partition_of_what_it_is_about() {
        assertThat(StoreRouting.routingKey("orders-due", "000001795000000/o_1")).isEqualTo("o_1");
        assertThat(StoreRouting.routingKey("payments-due", "000001795000000/stripe/main/pi_1"))
                .isEqualTo("stripe/main/pi_1");
        assertThat(StoreRouting.routingKey("entitlements-due", "000001795000000/u_1/premium"))
                .isEqualTo("u_1");
    }

    @Test
    void an_unknown_store_is_refused() {
        assertThatThrownBy(() -> StoreRouting.routingKey("new-store", "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("new-store");
    }
}
