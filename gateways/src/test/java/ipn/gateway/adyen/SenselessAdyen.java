package ipn.gateway.adyen;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.conformance.SenselessJson;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.List;

/** What Adyen could sign and would make no sense. */
final class SenselessAdyen {
    private SenselessAdyen() {}

    static List<SenselessBody> all() {
        var all = new ArrayList<>(SenselessJson.all());
        // spotless:off
        all.addAll(List.of(
                body("no items",                "{\"live\":\"false\",\"notificationItems\":[]}",            Reason.MISSING_FIELD),
                body("nothing",                 "{}",                                                       Reason.MISSING_FIELD),
                body("items that are none",     "{\"notificationItems\":{}}",                               Reason.MISSING_FIELD),
                body("no mode",                 AdyenSays.body("{}").replace("\"live\":\"false\",", ""),    Reason.MISSING_FIELD),
                body("another mode",            AdyenSays.body("{}").replace("\"false\"", "\"true\""),      Reason.WRONG_MODE),
                body("no known mode",           AdyenSays.body("{}").replace("\"false\"", "\"maybe\""),     Reason.MALFORMED),
                item("somebody else's money",   "{'merchantAccountCode':'TestMerchantPOS'}",                Reason.WRONG_RECEIVER),
                item("a currency of no state",  "{'amount':{'value':1,'currency':'ABC'}}",                  Reason.UNKNOWN_CURRENCY),
                item("no currency",             "{'amount':{'value':1,'currency':'XXX'}}",                  Reason.UNKNOWN_CURRENCY),
                item("less than nothing",       "{'amount':{'value':-1,'currency':'USD'}}",                 Reason.INVALID_AMOUNT),
                item("an amount as a text",     "{'amount':{'value':'2500','currency':'USD'}}",             Reason.INVALID_AMOUNT),
                item("more than there is",      "{'amount':{'value':99999999999999999,'currency':'USD'}}",  Reason.INVALID_AMOUNT),
                item("a third of a yen",        "{'amount':{'value':5,'currency':'CLP'}}",                  Reason.WRONG_EXPONENT),
                item("a refund of nothing",     "{'eventCode':'REFUND','amount':{'value':0,'currency':'USD'}}", Reason.INVALID_AMOUNT),
                item("a reversal of nothing",   "{'eventCode':'CANCEL_OR_REFUND','amount':{'value':0,'currency':'USD'}}", Reason.INVALID_AMOUNT),
                item("no time",                 "{'eventDate':null}",                                       Reason.MISSING_FIELD),
                item("a time without a zone",   "{'eventDate':'2026-09-01T14:00:00'}",                      Reason.INVALID_TIME),
                item("a time as a number",      "{'eventDate':1788264000}",                                 Reason.INVALID_TIME),
                item("the far future",          "{'eventDate':'2126-09-01T14:00:00Z'}",                     Reason.TIME_OUT_OF_RANGE),
                item("before all of this",      "{'eventDate':'1926-09-01T14:00:00Z'}",                     Reason.TIME_OUT_OF_RANGE),
                item("an order of blanks",      "{'merchantReference':'   '}",                              Reason.INVALID_ID),
                item("an order with a line",    "{'merchantReference':'a\\nb'}",                            Reason.INVALID_ID),
                item("a word that is none",     "{'additionalData':{'metadata.user_id':''}}",               Reason.INVALID_ID)));
        // spotless:on
        return all;
    }

    private static SenselessBody item(String name, String changes, Reason reason) {
        return body(name, AdyenSays.body(changes), reason);
    }

    private static SenselessBody body(String name, String body, Reason reason) {
        return new SenselessBody(name, Bytes.utf8(body), reason);
    }
}
