package ipn.gateway.googleplay;

import static ipn.gateway.googleplay.Documents.ORDER;
import static ipn.gateway.googleplay.Documents.PROCESSED;
import static ipn.gateway.googleplay.Documents.document;
import static ipn.gateway.googleplay.Documents.facts;
import static ipn.gateway.googleplay.Documents.translated;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.gateway.Translation;
import ipn.gateway.Word;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an order sold, line by line. */
class OrderLinesTest {
    private static final String ITEM = "'productId': 'premium_monthly',";
    private static final String PLAN = "'basePlanId': 'monthly',";
    private static final String EIGHT = "{'currencyCode': 'USD', 'units': '8'}";

    @Test
    void a_price_that_was_paid_as_listed_has_no_discount() {
        assertThat(line(listed("8"))).isEqualTo(line(PROCESSED));
        assertThat(line(PROCESSED).discountName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'offerId': 'winter', 'offerPhase': 'INTRODUCTORY',                        | winter",
                "'offerId': 'winter', 'offerPhaseDetails': {'introductoryPriceDetails': {}}, | winter",
                "'offerPhase': 'INTRODUCTORY',                                             | introductory price",
                "'offerId': 'winter',                                                      | winter"
            })
    void an_offer_is_a_discount_from_the_listed_price(String offer, String name) {
        var offered = listed("10").replace(PLAN, PLAN + offer.strip());

        assertThat(line(offered).amount()).isEqualTo(1000);
        assertThat(line(offered).discount()).isEqualTo(200);
        assertThat(line(offered).discountName()).contains(name);
        assertThat(breakdown(offered).discount()).isEqualTo(200);
    }

    @Test
    void an_offer_without_a_listed_price_reduces_by_an_unknown_amount() {
        var offered = line(PROCESSED.replace(PLAN, PLAN + "'offerId': 'winter', 'offerPhase': 'INTRODUCTORY',"));

        assertThat(offered.amount()).isEqualTo(800);
        assertThat(offered.discount()).isZero();
        assertThat(offered.discountName()).contains("winter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'offerPhase': 'BASE',", "'offerPhaseDetails': {'baseDetails': {}},"})
    void after_its_phases_an_offer_does_not_reduce_the_price(String phase) {
        assertThat(line(PROCESSED.replace(PLAN, PLAN + "'offerId': 'winter'," + phase))
                        .discountName())
                .isEmpty();
    }

    @Test
    void a_free_trial_has_no_line() {
        var free = PROCESSED
                .replace(EIGHT, "{'currencyCode': 'USD'}")
                .replace(PLAN, PLAN + "'offerId': 'week', 'offerPhase': 'FREE_TRIAL',");

        assertThat(invoice(free).breakdown()).isEmpty();
    }

    @Test
    void a_promotion_code_for_the_whole_price_is_a_discount() {
        var free = listed("8").replace("'total': " + EIGHT, "'total': {'currencyCode': 'USD'}");

        assertThat(line(free).amount()).isEqualTo(800);
        assertThat(line(free).discount()).isEqualTo(800);
        assertThat(invoice(free).paid().minorUnits()).isZero();
    }

    @Test
    void a_change_of_plan_at_a_prorated_price_is_a_prorated_line() {
        var switched = listed("10")
                .replace(PLAN, PLAN + "'offerPhaseDetails': {'prorationPeriodDetails': {'linkedOrderId': 'GPA.1-1'}},");

        assertThat(line(switched).proration()).isTrue();
        assertThat(line(switched).amount()).isEqualTo(800);
        assertThat(line(switched).discount()).isZero();
        assertThat(breakdown(switched).reason()).isEqualTo(InvoiceReason.SWITCH);
    }

    @Test
    void every_item_is_a_line_with_its_own_tax_and_period() {
        var addOn = """
                {'productId': 'storage', 'total': {'currencyCode': 'USD', 'units': '2', 'nanos': 140000000},
                 'tax': {'currencyCode': 'USD', 'nanos': 140000000},
                 'subscriptionDetails': {'basePlanId': 'yearly', 'servicePeriodStartTime': '2026-09-01T12:00:00Z',
                   'servicePeriodEndTime': '2027-09-01T12:00:00Z'}},""";
        var both = PROCESSED
                .replace("'lineItems': [", "'lineItems': [" + addOn)
                .replace("'createTime'", "'orderDetails': {'taxInclusive': false}, 'createTime'");

        assertThat(breakdown(both).lines())
                .containsExactly(
                        Fact.Line.of(List.of("storage", "storage:yearly"), 1, 200)
                                .withTax(14)
                                .withPeriod(
                                        Optional.of(Instant.parse("2026-09-01T12:00:00Z")),
                                        Optional.of(Instant.parse("2027-09-01T12:00:00Z"))),
                        line(PROCESSED));
    }

    @Test
    void several_of_one_product_are_one_line() {
        var three = PROCESSED.replace("'subscriptionDetails'", "'oneTimePurchaseDetails': {'quantity': 3}, 'x'");

        assertThat(line(three)).isEqualTo(Fact.Line.of(List.of("premium_monthly"), 3, 800));
        assertThat(refusal(three.replace("'quantity': 3", "'quantity': 0"))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "GPA.1234-5678-9012-34567, FIRST",
        "GPA.1234-5678-9012-34567..0, RENEWAL",
        "GPA.1234-5678-9012-34567..12, RENEWAL"
    })
    void renewals_are_numbered(String id, InvoiceReason reason) {
        assertThat(breakdown(PROCESSED.replace("GPA.1234-5678-9012-34567", id)).reason())
                .isEqualTo(reason);
    }

    @Test
    void a_partial_refund_names_no_line() {
        var refunded = PROCESSED
                .replace("'PROCESSED'", "'PARTIALLY_REFUNDED'")
                .replace(
                        "'orderHistory': {",
                        "'orderHistory': {'partialRefundEvents': [{'state': 'PROCESSED_SUCCESSFULLY',"
                                + " 'refundDetails': {'total': {'currencyCode': 'USD', 'units': '2'}}}],");

        assertThat(facts(ORDER, refunded)).anyMatch(Fact.RefundTotal.class::isInstance);
        assertThat(breakdown(refunded)).isEqualTo(breakdown(PROCESSED));
    }

    @Test
    void lines_in_another_currency_than_the_order_are_not_read() {
        var foreign =
                listed("8").replace("'listingPrice': {'currencyCode': 'USD'", "'listingPrice': {'currencyCode': 'EUR'");

        assertThat(invoice(foreign).breakdown()).isEmpty();
        assertThat(invoice(foreign).paid().minorUnits()).isEqualTo(800);
    }

    @Test
    void only_the_two_ids_come_from_the_app() {
        assertThat(new GooglePlayGateway().payerWords()).containsExactlyInAnyOrder(Word.SUBJECT, Word.REFERENCE);
    }

    private static String listed(String units) {
        return PROCESSED.replace(ITEM, ITEM + "'listingPrice': {'currencyCode': 'USD', 'units': '" + units + "'},");
    }

    private static Fact.Line line(String order) {
        var lines = breakdown(order).lines();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static Fact.Breakdown breakdown(String order) {
        return invoice(order).breakdown().orElseThrow();
    }

    private static Fact.Invoice invoice(String order) {
        return facts(ORDER, order).stream()
                .filter(Fact.Invoice.class::isInstance)
                .map(Fact.Invoice.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Reason refusal(String order) {
        return ((Translation.Refused) translated(document(ORDER, order), 0)).reason();
    }
}
