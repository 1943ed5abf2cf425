package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.http.HttpAccess;
import ipn.http.HttpSettings;
import ipn.http.Route;
import java.net.URI;

/**
 * Whom to ask, and within which bounds. All of it comes from the settings, nothing from a message.
 *
 * @param url where PayPal answers
 */
record PostBackSettings(URI url, HttpAccess access) {
    static final URI LIVE = URI.create("https://ipnpb.paypal.com/cgi-bin/webscr");
    static final URI SANDBOX = URI.create("https://ipnpb.sandbox.paypal.com/cgi-bin/webscr");

    static PostBackSettings from(AccountSettings account) {
        var live = account.id().live();
        var verify = new HttpSettings(account.settings(), live, "verify");
        var url = verify.url(live ? LIVE : SANDBOX);
        return new PostBackSettings(url, verify.access(new Route.ToUrl(url)));
    }
}
