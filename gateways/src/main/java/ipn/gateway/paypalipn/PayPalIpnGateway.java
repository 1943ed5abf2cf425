package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.lookup.LookUps;
import java.time.Duration;
import java.util.Set;

/** PayPal's classic IPN. There is no secret: the receiver of the money binds a message to an account. */
public final class PayPalIpnGateway implements Gateway {
    public static final String NAME = "paypal-ipn";

    private static final int LOOK_UPS_PER_SECOND = 200;

    @Override
    public String name() {
        return NAME;
    }

    /** PayPal documents that it sends again, not for how long. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(96), Retries.Source.REPORTED);
    }

    /**
     * A button is a form that the payer can edit before sending it, subscription terms included, unless it is stored at PayPal or
     * encrypted (PayPal Payments Standard, "Securing your buttons").
     */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE, Word.SKU, Word.TRIAL);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var receivers = Receivers.from(settings);
        var postBack = PostBackSettings.from(settings);
        return new PayPalIpnAccount(
                settings.id(),
                new PostBack(
                        postBack, LookUps.from(settings.settings(), postBack.access(), LOOK_UPS_PER_SECOND), receivers),
                new IpnTranslator(settings.id(), receivers, new MerchantWords(settings.references())));
    }
}
