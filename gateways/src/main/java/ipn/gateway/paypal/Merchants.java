package ipn.gateway.paypal;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.settings.Settings;
import ipn.topics.Reason;
import java.util.Set;

/**
 * The merchants whose payments are accepted, where one PayPal app serves several merchants.
 *
 * @param ours merchant ids; empty: any merchant
 */
record Merchants(Set<String> ours) {
    Merchants {
        ours = Set.copyOf(ours);
    }

    static Merchants from(Settings settings) {
        var ours = settings.list("merchant-id");
        ours.stream()
                .filter(id -> !id.matches("[A-Z0-9]{10,20}"))
                .forEach(id -> settings.problems()
                        .add(
                                settings.full("merchant-id"),
                                id,
                                "a PayPal merchant id such as 7E7MGXCWTTKK2, or a list"));
        return new Merchants(Set.copyOf(ours.stream().distinct().toList()));
    }

    /** @throws RefusedException WRONG_RECEIVER where the event names another merchant */
    void check(PayPalEvent event) {
        check(event.at("payee"));
        event.at("disputed_transactions").elements().forEach(payment -> check(payment.at("seller")));
    }

    private void check(JsonField merchant) {
        var id = merchant.at("merchant_id");
        if (!ours.isEmpty()
                && id.isPresent()
                && id.glance().filter(ours::contains).isEmpty()) {
            throw new RefusedException(
                    Reason.WRONG_RECEIVER, id.pointer() + ": not a merchant of the account (see gateways.paypal)");
        }
    }
}
