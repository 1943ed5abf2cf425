package ipn.gateway.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Authorized;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event of the table, and what it means for money and access. */
class AdyenEventsTest {
    private static final String MANUAL = AdyenSays.USUAL.replace("mode: test", "mode: test, capture: manual");
    private static final Money ALL = usd(2500);
    private static final Money NOTHING = usd(0);
    private static final Optional<Money> NO_FEE = Optional.empty();

    static Stream<Arguments> events() {
        // spotless:off
        return Stream.of(
                event("PENDING",                            new Attempt("P", AttemptStatus.PENDING, "")),
                event("OFFER_CLOSED",                       new Attempt("P", AttemptStatus.ABANDONED, "")),
                event("AUTHORISATION_ADJUSTMENT",           new Authorized("P", ALL)),
                event("REFUND",                             new Refund("E", ALL, RefundStatus.SUCCEEDED)),
                event("REFUND_WITH_DATA",                   new Refund("E", ALL, RefundStatus.SUCCEEDED)),
                event("REFUND_FAILED",                      new Refund("E", ALL, RefundStatus.FAILED)),
                event("REFUNDED_REVERSED",                  new Refund("E", ALL, RefundStatus.FAILED)),
                event("CANCEL_OR_REFUND",                   new Refund("E", ALL, RefundStatus.SUCCEEDED), new Attempt("P", AttemptStatus.CANCELED, "")),
                event("NOTIFICATION_OF_FRAUD",              new FraudFlag("E", true, "")),
                event("MANUAL_REVIEW_ACCEPT",               new FraudFlag("manual-review", false, "accepted")),
                event("MANUAL_REVIEW_REJECT",               new FraudFlag("manual-review", true, "rejected")),
                event("REQUEST_FOR_INFORMATION",            dispute(DisputeStatus.INQUIRY)),
                event("NOTIFICATION_OF_CHARGEBACK",         new Dispute("E", Optional.of(ALL), DisputeStatus.OPEN, "", true)),
                event("CHARGEBACK",                         dispute(DisputeStatus.OPEN), funds("CHARGEBACK", DisputeMovement.WITHDRAWN)),
                event("CHARGEBACK_REVERSED",                dispute(DisputeStatus.WON), funds("CHARGEBACK_REVERSED", DisputeMovement.REINSTATED)),
                event("SECOND_CHARGEBACK",                  dispute(DisputeStatus.LOST), funds("SECOND_CHARGEBACK", DisputeMovement.WITHDRAWN)),
                event("PREARBITRATION_LOST",                dispute(DisputeStatus.LOST), funds("PREARBITRATION_LOST", DisputeMovement.WITHDRAWN)),
                event("PREARBITRATION_WON",                 dispute(DisputeStatus.WON)),
                event("DISPUTE_DEFENSE_PERIOD_ENDED",       dispute(DisputeStatus.LOST)),
                event("ISSUER_RESPONSE_TIMEFRAME_EXPIRED",  dispute(DisputeStatus.WON)));
        // spotless:on
    }

    @Test
    void no_word_comes_from_the_payer() {
        assertThat(new AdyenGateway().payerWords()).isEmpty();
    }

    @Test
    void no_payment_has_a_line_a_discount_or_a_trial() {
        var billed = "{'pspReference':'P','additionalData':{'openinvoicedata.numberOfLines':'1',"
                + "'openinvoicedata.line1.description':'Premium','openinvoicedata.line1.itemAmount':'2500'}}";
        assertThat(AdyenSays.facts(AdyenSays.USUAL, billed))
                .containsExactly(new Authorized("P", ALL), new Captured("P", ALL, NO_FEE));
    }

    @Test
    void a_refund_of_a_part_names_no_line() {
        var part = later("REFUND", true).replace("}", ",'amount':{'value':1000,'currency':'USD'}}");
        assertThat(AdyenSays.facts(AdyenSays.USUAL, part))
                .containsExactly(new Refund("E", usd(1000), RefundStatus.SUCCEEDED));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_means_the_same_however_money_is_captured(String code, List<Fact> facts) {
        assertThat(AdyenSays.facts(AdyenSays.USUAL, later(code, true))).isEqualTo(facts);
        assertThat(AdyenSays.facts(MANUAL, later(code, true))).isEqualTo(facts);
        assertThat(AdyenSays.paymentId(later(code, true))).isEqualTo("P");
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_did_not_succeed_changes_nothing(String code, List<Fact> facts) {
        var translation = AdyenSays.translated(AdyenSays.USUAL, AdyenSays.body(later(code, false)));
        if (code.equals("REFUND") || code.equals("REFUND_WITH_DATA")) {
            assertThat(AdyenSays.facts(AdyenSays.USUAL, later(code, false)))
                    .containsExactly(new Refund("E", ALL, RefundStatus.FAILED));
        } else {
            assertThat(translation).isEqualTo(new Translation.Ignored(code));
        }
    }

    @Test
    void an_authorization_is_money_where_adyen_captures_by_itself() {
        var good = "{'pspReference':'P'}";
        assertThat(AdyenSays.facts(AdyenSays.USUAL, good))
                .containsExactly(new Authorized("P", ALL), new Captured("P", ALL, NO_FEE));
        assertThat(AdyenSays.facts(MANUAL, good)).containsExactly(new Authorized("P", ALL));
    }

    @Test
    void each_capture_counts_where_the_merchant_captures() {
        assertThat(AdyenSays.facts(MANUAL, later("CAPTURE", true))).containsExactly(new Captured("E", ALL, NO_FEE));
        assertThat(AdyenSays.facts(MANUAL, later("CAPTURE_FAILED", true)))
                .containsExactly(new Captured("E", NOTHING, NO_FEE));
        assertThat(AdyenSays.translated(MANUAL, AdyenSays.body(later("CAPTURE", false))))
                .isEqualTo(new Translation.Ignored("CAPTURE"));
    }

    @Test
    void a_capture_is_not_counted_beside_the_one_assumed() {
        assertThat(AdyenSays.facts(AdyenSays.USUAL, later("CAPTURE", true)))
                .containsExactly(new Captured("P", ALL, NO_FEE));
        assertThat(AdyenSays.facts(AdyenSays.USUAL, later("CAPTURE_FAILED", true)))
                .containsExactly(new Captured("P", NOTHING, NO_FEE));
    }

    @ParameterizedTest
    @CsvSource({"CANCELLATION,CANCELED", "TECHNICAL_CANCEL,CANCELED", "EXPIRE,EXPIRED"})
    void letting_go_takes_back_the_capture_that_was_only_assumed(String code, AttemptStatus status) {
        var attempt = new Attempt("P", status, "");
        assertThat(AdyenSays.facts(MANUAL, later(code, true))).containsExactly(attempt);
        assertThat(AdyenSays.facts(AdyenSays.USUAL, later(code, true)))
                .containsExactly(attempt, new Captured("P", NOTHING, NO_FEE));
    }

    @Test
    void within_one_second_the_later_stage_is_newer() {
        var stages = List.of(
                "PENDING",
                "AUTHORISATION",
                "AUTHORISATION_ADJUSTMENT",
                "CAPTURE",
                "CAPTURE_FAILED",
                "EXPIRE",
                "CANCELLATION");
        assertThat(stages.stream().map(AdyenEventsTest::sequence).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(sequence("REFUND_FAILED")).isGreaterThan(sequence("REFUND"));
        assertThat(sequence("SECOND_CHARGEBACK")).isGreaterThan(sequence("CHARGEBACK_REVERSED"));
        assertThat(sequence("CHARGEBACK_REVERSED")).isGreaterThan(sequence("CHARGEBACK"));
        assertThat(sequence("CHARGEBACK")).isGreaterThan(sequence("NOTIFICATION_OF_CHARGEBACK"));
    }

    private static long sequence(String code) {
        return AdyenSays.understood(AdyenSays.USUAL, later(code, true)).sequence();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "refund", "nonsense"})
    void what_is_not_signed_does_not_decide_what_a_reversal_was(String action) {
        var reversal = later("CANCEL_OR_REFUND", true);
        assertThat(AdyenSays.facts(
                        AdyenSays.USUAL,
                        reversal.replace("}", ",'additionalData':{'modification.action':'%s'}}".formatted(action))))
                .isEqualTo(AdyenSays.facts(AdyenSays.USUAL, reversal));
    }

    @Test
    void a_payment_names_its_order_its_subject_and_what_stands_for_it() {
        var facts = AdyenSays.understood(
                        AdyenSays.USUAL,
                        "{'additionalData':{'metadata.user_id':'u_1','metadata.product':'premium','metadata.order_id':'x',"
                                + "'shopperReference':'u_2'}}")
                .facts();
        assertThat(facts)
                .contains(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_1"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"),
                        new Fact.Link(Fact.LinkKind.PAID_BY, "adyen/main/reference:ord_1"))
                .hasSize(6);
    }

    @Test
    void what_a_merchant_calls_a_refund_is_not_the_order() {
        assertThat(AdyenSays.understood(AdyenSays.USUAL, later("REFUND", true)).facts())
                .noneMatch(Fact.Reference.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHARGEBACK_REVERSED", "SECOND_CHARGEBACK", "NOTIFICATION_OF_CHARGEBACK"})
    void a_dispute_that_does_not_name_its_payment_meets_it_by_the_merchants_reference(String code) {
        var dispute = "{'pspReference':'E','eventCode':'%s'}".formatted(code);
        assertThat(AdyenSays.paymentId(dispute)).isEqualTo("reference:ord_1");
        assertThat(AdyenSays.paymentId(dispute.replace("}", ",'originalReference':''}")))
                .isEqualTo("reference:ord_1");
        assertThat(AdyenSays.paymentId(dispute.replace("}", ",'merchantReference':''}")))
                .isEqualTo("E");
    }

    @Test
    void a_reference_that_many_payments_share_stands_for_none() {
        var shared = AdyenSays.USUAL.replace("mode: test", "mode: test, reference-is-unique: false");
        assertThat(AdyenSays.understood(shared, "{}").facts()).noneMatch(Fact.Link.class::isInstance);
        var account = AdyenSays.open(shared);
        var delivery = AdyenSays.delivery(AdyenSays.body("{'pspReference':'E','eventCode':'CHARGEBACK'}"));
        assertThat(account.identify(delivery).get(0).paymentKey()).isEqualTo("adyen/main/E");
    }

    @ParameterizedTest
    @CsvSource({
        "JPY,980,980",
        "IDR,980,98000",
        "CVE,980,98000",
        "CLP,98000,980",
        "ISK,98000,980",
        "KWD,1500,1500",
        "EUR,980,980",
        "LYD,1500,1500",
        "VND,7,7"
    })
    void amounts_count_adyens_decimals_and_are_kept_in_isos(String currency, long units, long minorUnits) {
        var item = "{'amount':{'value':%s,'currency':'%s'}}".formatted(Long.toString(units), currency);
        assertThat(AdyenSays.understood(AdyenSays.USUAL, item).amount()).contains(new Money(minorUnits, currency));
    }

    @ParameterizedTest
    @CsvSource({"Not enough balance,Not_enough_balance", "033899:1111:03/2030,''", "'',''", "FRAUD,FRAUD"})
    void a_reason_is_kept_only_where_it_is_one_of_adyens_words(String reason, String kept) {
        var refused = "{'pspReference':'P','success':'false','reason':'%s'}".formatted(reason);
        assertThat(AdyenSays.facts(AdyenSays.USUAL, refused))
                .containsExactly(new Attempt("P", AttemptStatus.FAILED, kept));
    }

    @Test
    void several_merchant_accounts_may_share_an_endpoint() {
        var both = AdyenSays.USUAL.replace("TestMerchantECOM", "[TestMerchantPOS, TestMerchantECOM]");
        assertThat(AdyenSays.facts(both, "{}")).isNotEmpty();
        assertThat(AdyenSays.facts(both, "{'merchantAccountCode':'TestMerchantPOS'}"))
                .isNotEmpty();
    }

    @Test
    void it_wants_to_hear_accepted() {
        var acknowledgement = AdyenSays.open(AdyenSays.USUAL).acknowledgement();
        assertThat(acknowledgement.status()).isEqualTo(200);
        assertThat(acknowledgement.contentType()).isEqualTo("text/plain");
        assertThat(acknowledgement.body()).isEqualTo("[accepted]");
    }

    private static String later(String code, boolean success) {
        return "{'pspReference':'E','originalReference':'P','eventCode':'%s','success':'%s'}"
                .formatted(code, Boolean.toString(success));
    }

    private static Arguments event(String code, Fact... facts) {
        return Arguments.of(code, List.of(facts));
    }

    private static Fact dispute(DisputeStatus status) {
        return new Dispute("E", Optional.of(ALL), status, "");
    }

    private static Fact funds(String code, DisputeMovement movement) {
        return new DisputeFunds("E:" + code, ALL, movement);
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
