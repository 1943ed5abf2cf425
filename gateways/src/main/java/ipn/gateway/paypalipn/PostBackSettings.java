package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.http.HttpAccess;
import ipn.http.HttpSettings;
import ipn.http.Route;
import java.net.URI;

/**
 * The URL and the limits of the post-back. Every value comes from the settings, none from a message.
 *
 * @param url the URL that verifies a message
 */
record PostBackSettings(URI url, HttpAccess access) {
    static final URI LIVE = URI.create("https://ipnpb.paypal.com/cgi-bin/webscr");
    static final URI SANDBOX = URI.create("https://ipnpb.sandbox.paypal.com/cgi-bin/webscr");

    static PostBackSettings from(AccountSettings account) {
        var live = account.id().live();
        var fetch = new HttpSettings(account.settings(), live);
        var url = fetch.url("verify-url", live ? LIVE : SANDBOX);
        return new PostBackSettings(url, fetch.access(new Route.ToUrl(url)));
    }
}
