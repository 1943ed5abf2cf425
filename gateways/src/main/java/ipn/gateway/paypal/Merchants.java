package ipn.gateway.paypal;

import ipn.gateway.AccountSettings;
import ipn.gateway.Receiver;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;

/**
 * The merchants whose payments are accepted: one PayPal app can serve several.
 *
 * @param ours merchant ids
 */
record Merchants(Receiver ours) {
    private static final ReceiverSetting MERCHANT_ID = new ReceiverSetting(
            "merchant-id",
            "[A-Z0-9]{10,20}",
            "the merchant id that receives the money, such as 7E7MGXCWTTKK2",
            "at PayPal under Account settings, Business information");

    static Merchants from(AccountSettings account) {
        return new Merchants(account.receiver(MERCHANT_ID));
    }

    /** @throws RefusedException WRONG_RECEIVER where the event names another merchant */
    void check(PayPalEvent event) {
        check(event.at("payee"));
        event.at("purchase_units").elements().forEach(unit -> check(unit.at("payee")));
        event.at("disputed_transactions").elements().forEach(payment -> check(payment.at("seller")));
    }

    private void check(JsonField merchant) {
        ours.check(merchant.at("merchant_id"));
    }
}
