package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.lookup.LookUps;

/** PayPal's classic IPN. There is no secret: the receiver of the money binds a message to an account. */
public final class PayPalIpnGateway implements Gateway {
    public static final String NAME = "paypal-ipn";

    private static final int LOOK_UPS_PER_SECOND = 200;

    @Override
    public String name() {
        return NAME;
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
