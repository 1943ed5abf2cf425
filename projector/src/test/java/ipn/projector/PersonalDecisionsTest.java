package ipn.projector;

import static ipn.projector.DecidedAccessTest.personal;
import static ipn.projector.DecidedMoneyTest.undo;
import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.ProductCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage when people decide about the access of a subject. */
class PersonalDecisionsTest extends WithProjection {
    private static final Instant END = NOON.plus(Duration.ofDays(30));
    private static final Decision GRANT = personal("g_1", DecisionKind.GRANT, 0)
            .setProduct("premium")
            .setFrom(NOON)
            .setUntil(END)
            .build();
    private static final Decision REVOKE =
            personal("g_2", DecisionKind.REVOKE, 0).build();

    @TempDir
    private Path other;

    private EntitlementEvent newest() {
        var events = projection.events();
        return events.get(events.size() - 1);
    }

    private void pays(String subject) {
        projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, END)
                .setReferences(Map.of("subject", subject, "product", "premium")));
    }

    @Test
    void what_is_granted_lasts_until_its_end_and_names_its_decision() {
        projection.decided(GRANT);
        assertThat(newest()).satisfies(granted -> {
            assertThat(granted.getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
            assertThat(granted.getReason()).isEqualTo(AccessReason.GRANTED);
            assertThat(granted.getUntil()).isEqualTo(END);
            assertThat(granted.getPaymentKey()).isEqualTo("decision/g_1");
            assertThat(granted.getCause().getEventKey()).isEqualTo("decision/g_1");
            assertThat(granted.getCause().getTopic()).isEqualTo("ipn.decisions");
        });
        assertThat(projection.ledger()).isEmpty();
        projection.pass(Duration.ofDays(31));
        assertThat(newest().getReason()).isEqualTo(AccessReason.RAN_OUT);
        assertThat(projection.notifications())
                .noneMatch(each -> each.getNotificationId().startsWith("receipt"))
                .allMatch(each -> each.getGateway() == null);
    }

    @Test
    void a_grant_that_is_undone_ends() {
        projection.decided(GRANT).decided(undo(GRANT));
        assertThat(newest().getStatus()).isEqualTo(EntitlementStatus.ENDED);
    }

    /** The record says that it needs no approval, as a command with other settings writes it. */
    @Test
    void a_kind_that_the_policy_lists_counts_only_once_somebody_else_has_approved_it() {
        try (var approving = new Projection(other, approving(DecisionKind.GRANT))) {
            approving.decided(GRANT);
            assertThat(approving.states()).isEmpty();
            approving.decided(
                    about(GRANT, DecisionKind.APPROVE, "a_own", 1).setBy("ada").build());
            assertThat(approving.states()).isEmpty();
            approving.decided(about(GRANT, DecisionKind.APPROVE, "a_1", 2).build());
            assertThat(statuses(approving)).containsExactly(EntitlementStatus.ACTIVE);

            var undo = about(GRANT, DecisionKind.UNDO, "u_1", 3).build();
            approving.decided(undo);
            assertThat(approving.states()).as("what changed").isEmpty();
            approving.decided(
                    about(undo, DecisionKind.APPROVE, "a_2", 4).setBy("eve").build());
            assertThat(statuses(approving)).containsExactly(EntitlementStatus.ENDED);
        }
    }

    /** An undo would withdraw nothing if it were judged by another policy than the decision. */
    @Test
    void what_counted_before_its_kind_was_listed_goes_on_and_can_be_undone_after_a_restart() throws IOException {
        var changed = NOON.plusSeconds(30);
        var history = new CatalogueHistory(
                List.of(new Entry(Instant.MIN, Products.CATALOGUE), new Entry(changed, approving(DecisionKind.GRANT))));
        var before = new Projection(other, CatalogueHistory.always(Products.CATALOGUE)).decided(GRANT);
        var late = Decision.newBuilder(GRANT)
                .setDecisionId("g_late")
                .setAbout("u_43")
                .setAt(changed)
                .build();
        before.decided(late);
        try (var after = before.restarted(Files.createDirectory(other.resolve("after")), history)) {
            after.decided(undo(GRANT)).decided(undo(late));
            assertThat(statuses(after)).containsExactly(EntitlementStatus.ENDED, EntitlementStatus.ENDED);
        }
    }

    private static ProductCatalogue approving(DecisionKind kind) {
        var policy = new Policy(Policy.DEFAULT.grants(), Set.of(), Policy.DEFAULT.priceOverlap(), Set.of(kind));
        return new ProductCatalogue(Products.CATALOGUE.byName(), true, policy, "v_approving");
    }

    private static Decision.Builder about(Decision decision, DecisionKind kind, String id, int second) {
        return Decision.newBuilder(undo(decision))
                .setDecisionId(id)
                .setKind(kind)
                .setAt(NOON.plusSeconds(second));
    }

    private static List<EntitlementStatus> statuses(Projection projection) {
        return projection.states().values().stream()
                .map(state -> state.getLast().getStatus())
                .toList();
    }

    @Test
    void what_is_revoked_until_a_time_is_back_then() {
        pays("u_42");
        projection.decided(
                Decision.newBuilder(REVOKE).setUntil(NOON.plusSeconds(60)).build());
        assertThat(newest()).satisfies(revoked -> {
            assertThat(revoked.getStatus()).isEqualTo(EntitlementStatus.ENDED);
            assertThat(revoked.getReason()).isEqualTo(AccessReason.REVOKED);
        });
        projection.pass(Duration.ofSeconds(61));
        assertThat(newest()).satisfies(back -> {
            assertThat(back.getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
            assertThat(back.getCause().getByClock()).isTrue();
        });
    }

    @Test
    void a_revocation_does_not_touch_another_subject_or_scope() {
        pays("u_7");
        projection.decided(REVOKE);
        projection.decided(personal("g_3", DecisionKind.REVOKE, 0)
                .setAbout("u_7")
                .setScope("post_1")
                .build());
        assertThat(newest().getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    @Test
    void an_engaged_brake_withholds_no_revocation_that_a_person_decided() {
        try (var braked = new Projection(other, Brakes.limitedTo(1))) {
            braked.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, END));
            for (var number = 0; number < 20; number++) {
                var subject = "u_" + (100 + number);
                braked.decided(Decision.newBuilder(GRANT)
                        .setDecisionId("g_" + subject)
                        .setAbout(subject)
                        .build());
                braked.decided(Decision.newBuilder(REVOKE)
                        .setDecisionId("r_" + subject)
                        .setAbout(subject)
                        .build());
            }
            assertThat(braked.states().values())
                    .filteredOn(state -> !state.getLast().getSubject().equals("u_42"))
                    .hasSize(20)
                    .allMatch(state -> state.getLast().getStatus() == EntitlementStatus.ENDED)
                    .allMatch(state -> state.getWithheld() == null);
        }
    }

    @Test
    void a_transferred_purchase_is_the_other_subjects_with_its_refund_until_it_is_undone() {
        pays("u_42");
        var transfer = personal("g_4", DecisionKind.TRANSFER, 0)
                .setToSubject("u_7")
                .setPurchases(List.of(key("sub_1")))
                .build();
        projection.decided(transfer);
        assertThat(access()).containsEntry("u_42", "ENDED WITHDRAWN").containsEntry("u_7", "ACTIVE PAID");
        projection.decided(undo(transfer));
        assertThat(access()).containsEntry("u_42", "ACTIVE PAID").containsEntry("u_7", "ENDED WITHDRAWN");
        assertThat(projection.discrepancies()).noneMatch(each -> each.getState() == DiscrepancyState.OPEN);
    }

    @Test
    void a_purchase_that_was_transferred_is_not_transferred_on() {
        pays("u_42");
        var to = personal("g_4", DecisionKind.TRANSFER, 0)
                .setToSubject("u_7")
                .setPurchases(List.of(key("sub_1")))
                .build();
        projection.decided(to);
        projection.decided(Decision.newBuilder(to)
                .setDecisionId("g_5")
                .setAbout("u_7")
                .setToSubject("u_8")
                .build());
        assertThat(access()).containsEntry("u_7", "ACTIVE PAID").doesNotContainKey("u_8");
    }

    @Test
    void a_transferred_payment_stays_the_other_subjects_when_it_names_an_order_later() {
        var payment = captured("pi_1", NOON, 2500, 0);
        var complete = Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7");
        projection.applied(payment.setReferences(complete));
        projection.decided(transfer("promotion", "post_7", key("pi_1")));
        assertThat(access()).containsEntry("u_42", "ENDED WITHDRAWN").containsEntry("u_7", "ACTIVE PAID");

        projection.ordered(Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true));
        var named = new HashMap<>(complete);
        named.put("order", "o_1");
        projection.applied(payment.setReferences(named));
        assertThat(newestOf("u_42").getStatus()).isEqualTo(EntitlementStatus.ENDED);
        assertThat(newestOf("u_7").getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
        assertThat(newestOf("u_7").getOrder()).isEqualTo("o_1");
    }

    @Test
    void a_transferred_invoice_without_a_subscription_stays_the_other_subjects_when_a_second_one_comes() {
        var first = renewal("in_1", NOON, END).setSubscription(null);
        projection.applied(renewals(first));
        projection.decided(transfer("premium", null, key("sub_1") + " invoice in_1"));
        assertThat(access()).containsEntry("u_42", "ENDED WITHDRAWN").containsEntry("u_7", "ACTIVE PAID");

        projection.applied(renewals(
                first, renewal("in_2", END, END.plus(Duration.ofDays(1))).setSubscription(null)));
        assertThat(newestOf("u_7").getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
        assertThat(newestOf("u_42").getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    private static Decision transfer(String entitlement, @Nullable String scope, String purchase) {
        return personal("g_6", DecisionKind.TRANSFER, 0)
                .setEntitlement(entitlement)
                .setScope(scope)
                .setToSubject("u_7")
                .setPurchases(List.of(purchase))
                .build();
    }

    private final Map<String, EntitlementEvent> newest = new TreeMap<>();

    private EntitlementEvent newestOf(String subject) {
        projection.events().forEach(event -> newest.put(event.getSubject(), event));
        return newest.get(subject);
    }

    private Map<String, String> access() {
        var access = new TreeMap<String, String>();
        projection
                .states()
                .values()
                .forEach(state -> access.put(
                        state.getLast().getSubject(),
                        state.getLast().getStatus() + " " + state.getLast().getReason()));
        return access;
    }
}
