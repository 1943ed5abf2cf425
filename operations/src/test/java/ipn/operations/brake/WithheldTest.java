package ipn.operations.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.WithheldRevocation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WithheldTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Cause CAUSE = new Cause("stripe/main/evt_1", "ipn.raw", 0, 7L, false);

    @Test
    void revocations_are_grouped_by_account_reason_and_entitlement_and_the_largest_group_is_first() {
        var withheld = Withheld.of(List.of(
                entitlement("ada", "premium", revocation("paddle/main/txn_1", AccessReason.REFUNDED, 0)),
                entitlement("bob", "promotion", revocation("stripe/main/pi_1", AccessReason.REFUNDED, 5)),
                entitlement("bob", "promotion", revocation("stripe/main/pi_2", AccessReason.REFUNDED, 3)),
                entitlement("cleo", "promotion", null)));
        assertThat(withheld.groups())
                .containsExactly(
                        new Withheld.Group(
                                "stripe/main",
                                AccessReason.REFUNDED,
                                "promotion",
                                2,
                                1,
                                NOON.plusSeconds(3),
                                "bob",
                                "stripe/main/pi_2"),
                        new Withheld.Group(
                                "paddle/main",
                                AccessReason.REFUNDED,
                                "premium",
                                1,
                                1,
                                NOON,
                                "ada",
                                "paddle/main/txn_1"));
    }

    @Test
    void what_a_person_granted_is_a_group_of_its_own() {
        var withheld = Withheld.of(
                List.of(entitlement("ada", "premium", revocation("decision/12", AccessReason.REFUNDED, 0))));
        assertThat(withheld.groups()).extracting(Withheld.Group::account).containsExactly("decision");
    }

    private static WithheldRevocation revocation(String paymentKey, AccessReason reason, int second) {
        return new WithheldRevocation(
                EntitlementEventType.REVOKED,
                reason,
                NOON.plusSeconds(second),
                1L,
                paymentKey,
                CAUSE,
                EntitlementStatus.ENDED,
                null);
    }

    private static Entitlement entitlement(String user, String name, @Nullable WithheldRevocation withheld) {
        var last = EntitlementEvent.newBuilder()
                .setEventId(user + "/" + name + "//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject(user)
                .setEntitlement(name)
                .setRevision(1)
                .setStatus(EntitlementStatus.ACTIVE)
                .setReason(AccessReason.PAID)
                .setTest(true)
                .setCause(CAUSE)
                .setPolicyVersion("1")
                .setDecidedAt(NOON)
                .build();
        return new Entitlement(last, withheld);
    }
}
