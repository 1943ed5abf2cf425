package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;

/** PayPal's classic IPN. There is no secret: the receiver of the money binds a message to an account. */
public final class PayPalIpnGateway implements Gateway {
    public static final String NAME = "paypal-ipn";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        return new PayPalIpnAccount(
                settings.id(),
                new PostBack(PostBackSettings.from(settings)),
                new IpnTranslator(settings.id(), Receivers.from(settings), new MerchantWords(settings.references())));
    }
}
