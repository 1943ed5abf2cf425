package ipn.projector.access;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imported periods beside what the gateway reports. */
class ImportedPeriodsTest {
    private static final Instant START = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(30));

    private final Claim imported =
            claim("imported", ClaimStatus.PAID, END).setImported(true).build();

    @Test
    void alone_it_counts() {
        assertThat(ImportedPeriods.counted(List.of(imported))).containsExactly(imported);
    }

    @Test
    void the_gateways_report_of_the_same_period_counts_alone_whatever_became_of_its_money() {
        for (var status : List.of(ClaimStatus.PAID, ClaimStatus.REFUNDED, ClaimStatus.DISPUTED)) {
            var reported =
                    claim("reported", status, END.plus(Duration.ofHours(23))).build();
            assertThat(ImportedPeriods.counted(List.of(imported, reported))).containsExactly(reported);
        }
    }

    @Test
    void another_period_or_product_or_credited_time_does_not_replace_it() {
        var next =
                claim("next", ClaimStatus.PAID, END.plus(Duration.ofDays(30))).build();
        var other = claim("other", ClaimStatus.REFUNDED, END).setProduct("gold").build();
        var credited = claim("credited", ClaimStatus.CREDITED, END).build();
        assertThat(ImportedPeriods.counted(List.of(imported, next, other, credited)))
                .containsExactly(imported, next, other, credited);
    }

    @Test
    void a_period_that_could_not_be_collected_ended_when_it_began() {
        var failed = claim("failed", ClaimStatus.FAILED, null).build();
        assertThat(ImportedPeriods.counted(List.of(imported, failed)))
                .containsExactly(Claim.newBuilder(imported).setUntil(START).build(), failed);
        var earlier = claim("earlier", ClaimStatus.FAILED, null)
                .setFrom(START.minus(Duration.ofDays(30)))
                .build();
        assertThat(ImportedPeriods.counted(List.of(imported, earlier))).containsExactly(imported, earlier);
    }

    private static Claim.Builder claim(String key, ClaimStatus status, Instant until) {
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey("stripe/main/" + key)
                .setSubject("ada")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.PERIOD)
                .setStatus(status)
                .setSubscription("stripe/main/sub_1")
                .setFrom(START)
                .setUntil(until)
                .setAt(START)
                .setTest(false)
                .setPolicyVersion("v1")
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false));
    }
}
