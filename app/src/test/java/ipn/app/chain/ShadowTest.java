package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.IpnConfig;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementStatus;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import ipn.operations.shadow.Difference;
import ipn.operations.shadow.Difference.Kind;
import ipn.operations.shadow.OtherAccess;
import ipn.operations.shadow.Place;
import ipn.operations.shadow.ShadowComparison;
import ipn.processor.Reverifier;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account in mode shadow beside a live one. More notifications: {@code -Dshadow.notifications=50000}. */
class ShadowTest {
    private static final int NOTIFICATIONS = Integer.getInteger("shadow.notifications", 1_500);
    private static final int PER_USER = 3;
    private static final int PLANTED_PER_KIND = 5;
    private static final Instant START = Chain.NOW.minus(Duration.ofDays(10));
    private static final Instant END = Chain.NOW.plus(Duration.ofDays(20));

    @TempDir
    private Path folder;

    private Chain chain;

    @BeforeEach
    void start() {
        chain = new Chain(folder, config("shadow"), Reverifier.OFF);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    private IpnConfig config(String mode) {
        return Chain.config(Settings.parse(
                """
                gateways:
                  stripe:
                    old: {mode: %s, account: any, secrets: "env:OLD"}
                    new: {mode: live, account: any, secrets: "env:NEW"}
                products:
                  premium: {entitlement: premium, kind: subscription, interval: P1M, grace: P7D, prices: {USD: 800}, aliases: [price_premium]}
                brake: {max: 1000000000, share: 100}
                """.formatted(mode), Map.of("OLD", "whsec_0123456789abcdef", "NEW", "whsec_fedcba9876543210"), folder));
    }

    @Test
    void all_planted_differences_are_found_and_only_those_and_nothing_reaches_anybody() {
        var users = NOTIFICATIONS / PER_USER;
        var theirs = new ArrayList<OtherAccess>();
        var deliveries = new ArrayList<String>();
        var planted = new TreeSet<String>();
        for (var i = 0; i < users; i++) {
            var user = "u_%05d".formatted(i);
            var kind = i / PLANTED_PER_KIND < 5 ? i / PLANTED_PER_KIND : 5 + i % 3;
            deliveries.add(subscription(user, kind == 7 ? "canceled" : "active"));
            deliveries.add(invoice(user, kind == 2 ? 100 : 800));
            deliveries.add(kind == 3 || kind == 6 ? refund(user) : payment(user));
            switch (kind) {
                case 0 -> planted.add(Kind.ONLY_OURS + " " + user + " PAID");
                case 1 -> {
                    theirs.add(access(user, END.plus(Duration.ofDays(3))));
                    planted.add(Kind.OTHER_END + " " + user + " PAID");
                }
                case 2 -> {
                    theirs.add(access(user, END));
                    planted.add(Kind.ONLY_THEIRS + " " + user + " UNDERPAID");
                }
                case 3 -> {
                    theirs.add(access(user, END));
                    planted.add(Kind.ONLY_THEIRS + " " + user + " REFUNDED");
                }
                case 4 -> {
                    theirs.add(access(user, END));
                    theirs.add(access("stranger_" + user, END));
                    planted.add(Kind.ONLY_THEIRS + " stranger_" + user + " " + Difference.NO_PAYMENT);
                }
                case 6 -> theirs.add(new OtherAccess(place(user), Optional.of(END), false));
                default -> theirs.add(access(user, END.plus(Duration.ofMinutes(30))));
            }
        }
        Collections.shuffle(deliveries, new Random(1));
        deliveries.forEach(body -> deliver("old", body));

        var comparison = new ShadowComparison(Chain.NOW, Duration.ofHours(1));
        chain.shadow().values().forEach(state -> comparison.ours(state.getLast()));
        chain.shadowDiscrepancies().values().forEach(comparison::discrepancy);
        theirs.forEach(comparison::theirs);
        assertThat(comparison.differences())
                .extracting(each -> each.kind() + " " + each.subject() + " " + each.reason())
                .containsExactlyInAnyOrderElementsOf(planted);
        assertThat(planted).hasSize(25);
        assertThat(comparison.differences())
                .filteredOn(each -> !each.reason().equals(Difference.NO_PAYMENT))
                .allMatch(each -> each.paymentKey() != null && each.policyVersion() != null);
        assertNothingReachesAnybody();
    }

    private void assertNothingReachesAnybody() {
        chain.advance(Duration.ofDays(1));
        assertThat(chain.payments()).isNotEmpty();
        assertThat(chain.events()).isEmpty();
        assertThat(chain.entitlements()).isEmpty();
        assertThat(chain.notifications()).isEmpty();
        assertThat(chain.postings()).isEmpty();
        assertThat(chain.discrepancies()).isEmpty();
        assertThat(chain.deadLetters()).isEmpty();
    }

    @Test
    void a_shadow_claim_never_mixes_with_live_claims_of_the_same_subject() {
        deliver("new", subscription("ada", "active"));
        deliver("new", invoice("ada", 800));
        var live = chain.entitlements().get("ada/premium");
        assertThat(chain.shadow()).as("a live claim is not in shadow").isEmpty();
        deliver("old", subscription("ada", "active").replace("sub_", "sub_old_"));
        deliver(
                "old",
                invoice("ada", 800)
                        .replace(seconds(END), seconds(END.plus(Duration.ofDays(300))))
                        .replace("sub_", "sub_old_")
                        .replace("in_", "in_old_"));
        assertThat(chain.entitlements().get("ada/premium")).isEqualTo(live);
        assertThat(live.getLast().getUntil()).isEqualTo(END);
        assertThat(chain.claimsOf("ada"))
                .noneMatch(claim -> claim.getPaymentKey().contains("/old/"));
        assertThat(until(chain.shadow().get("ada/premium"))).isEqualTo(END.plus(Duration.ofDays(300)));
        deliver("new", refund("ada"));
        deliver("new", payment("ada"));
        deliver("new", invoicePaidBy("ada"));
        assertThat(chain.entitlements().get("ada/premium").getLast().getStatus())
                .isEqualTo(EntitlementStatus.ENDED);
        assertThat(chain.shadow().get("ada/premium").getLast().getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    @Test
    void time_ends_access_in_shadow_too() {
        deliver("old", subscription("ada", "active"));
        deliver("old", invoice("ada", 800));
        chain.advance(Duration.ofDays(21));
        assertThat(chain.shadow().get("ada/premium").getLast().getStatus()).isEqualTo(EntitlementStatus.GRACE);
        chain.advance(Duration.ofDays(8));
        assertThat(chain.shadow().get("ada/premium").getLast().getStatus()).isEqualTo(EntitlementStatus.ENDED);
        assertThat(chain.events()).isEmpty();
    }

    @Test
    void a_redelivery_after_the_change_to_live_judges_again_what_was_seen_in_shadow() {
        deliver("old", subscription("ada", "active"));
        deliver("old", invoice("ada", 800));
        deliver("old", payment("ada"));
        deliver("old", invoice("bob", 100));
        assertThat(chain.shadowDiscrepancies()).hasSize(1);
        chain.restartWith(config("live").accounts());
        assertThat(chain.entitlements()).isEmpty();
        deliver("old", subscription("ada", "active"));
        deliver("old", invoice("ada", 800));
        deliver("old", payment("ada"));
        deliver("old", invoice("bob", 100));

        assertThat(chain.entitlements().get("ada/premium").getLast().getStatus())
                .isEqualTo(EntitlementStatus.ACTIVE);
        assertThat(chain.postings()).isNotEmpty();
        assertThat(chain.discrepancies("bob")).containsExactly("UNDERPAID");
        assertThat(chain.shadow().get("ada/premium").getLast().getStatus())
                .as("it is no longer given in shadow")
                .isEqualTo(EntitlementStatus.ENDED);
        assertThat(chain.shadowDiscrepancies().values()).allMatch(each -> each.getState() == DiscrepancyState.CLOSED);
        var events = chain.events().size();
        deliver("old", invoice("ada", 800));
        assertThat(chain.events()).as("once").hasSize(events);
    }

    @Test
    void a_later_event_of_the_payment_brings_all_that_was_seen_in_shadow() {
        deliver("old", invoice("ada", 800));
        chain.restartWith(config("live").accounts());
        deliver("old", invoice("ada", 800).replace("evt_in_", "evt_later_"));
        assertThat(chain.entitlements().get("ada/premium").getLast().getUntil()).isEqualTo(END);
    }

    private static Instant until(Entitlement state) {
        return state.getLast().getUntil();
    }

    private static OtherAccess access(String user, Instant until) {
        return new OtherAccess(place(user), Optional.of(until), true);
    }

    private static Place place(String user) {
        return new Place(user, "premium", Optional.empty());
    }

    private void deliver(String account, String body) {
        GatewayAccount found = config("live").accounts().find("stripe", account).orElseThrow();
        chain.store(
                found,
                new Delivery(
                        Map.of("content-type", List.of("application/json")),
                        Bytes.utf8(body.replace('\'', '"')),
                        chain.now(),
                        Optional.empty()));
    }

    private static String event(String id, String type, String object) {
        return "{'id':'evt_%s','object':'event','type':'%s','created':%s,'livemode':true,'data':{'object':%s}}"
                .formatted(id, type, seconds(START.plusSeconds(60)), object);
    }

    private static String subscription(String user, String status) {
        return event(
                "sub_" + user,
                status.equals("canceled") ? "customer.subscription.deleted" : "customer.subscription.updated",
                "{'id':'sub_%s','object':'subscription','status':'%s','metadata':{'user_id':'%s'},'items':{'has_more':false,'data':[{'id':'si','price':{'id':'price_premium'},'current_period_start':%s,'current_period_end':%s}]}}"
                        .formatted(user, status, user, seconds(START), seconds(END)));
    }

    private static String invoice(String user, int paid) {
        return event(
                "in_" + user,
                "invoice.paid",
                "{'id':'in_%s','object':'invoice','status':'paid','subscription':'sub_%s','amount_due':%d,'amount_paid':%d,'subtotal':%d,'total':%d,'currency':'usd','payment_intent':'pi_%s','billing_reason':'subscription_create','subscription_details':{'metadata':{'user_id':'%s'}},'lines':{'has_more':false,'data':[{'id':'il','amount':%d,'currency':'usd','type':'subscription','quantity':1,'price':{'id':'price_premium'},'period':{'start':%s,'end':%s}}]}}"
                        .formatted(user, user, paid, paid, paid, paid, user, user, paid, seconds(START), seconds(END)));
    }

    private static String invoicePaidBy(String user) {
        return invoice(user, 800).replace("evt_in_", "evt_again_");
    }

    private static String payment(String user) {
        return event(
                "pi_" + user,
                "payment_intent.succeeded",
                "{'id':'pi_%s','object':'payment_intent','amount':800,'amount_received':800,'currency':'usd','status':'succeeded','metadata':{}}"
                        .formatted(user));
    }

    private static String refund(String user) {
        return event(
                "re_" + user,
                "refund.created",
                "{'id':'re_%s','object':'refund','payment_intent':'pi_%s','amount':800,'currency':'usd','status':'succeeded'}"
                        .formatted(user, user));
    }

    private static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }
}
