package ipn.gateway.googleplay;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.conformance.SenselessJson;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.List;

/** What Google Play might say and nobody could use. */
final class SenselessNotifications {
    private static final String SOUND =
            "'subscriptionNotification': {'version': '1.0', 'notificationType': 4, 'purchaseToken': 'tok_1'}";

    private SenselessNotifications() {}

    static List<SenselessBody> all() {
        var all = new ArrayList<>(SenselessJson.all());
        // spotless:off
        all.add(body("no app",                "'packageName': 'com.example.social'", "'x': 1",                Reason.MISSING_FIELD));
        all.add(body("another app",           "com.example.social",  "com.example.other",                      Reason.WRONG_RECEIVER));
        all.add(body("no time",               "'eventTimeMillis': '1788264000000'", "'x': 1",                 Reason.MISSING_FIELD));
        all.add(body("a time in words",       "1788264000000",       "yesterday",                              Reason.INVALID_TIME));
        all.add(body("a time with a part",    "'1788264000000'",     "1788264000000.5",                        Reason.INVALID_TIME));
        all.add(body("a time in seconds",     "1788264000000",       "1788264000",                             Reason.TIME_OUT_OF_RANGE));
        all.add(body("the far future",        "1788264000000",       "9788264000000",                          Reason.TIME_OUT_OF_RANGE));
        all.add(body("nothing it is about",   "subscriptionNotification", "note",                              Reason.MISSING_FIELD));
        all.add(body("null it is about",      SOUND,                 "'subscriptionNotification': null",       Reason.MISSING_FIELD));
        all.add(body("two things",            SOUND,                 SOUND + ", 'testNotification': {}",       Reason.MALFORMED));
        all.add(body("no number",             "'notificationType': 4", "'x': 4",                               Reason.MISSING_FIELD));
        all.add(body("a number in words",     "'notificationType': 4", "'notificationType': 'four'",           Reason.MISSING_FIELD));
        all.add(body("no token",              "'purchaseToken': 'tok_1'", "'x': 1",                            Reason.MISSING_FIELD));
        all.add(body("an empty token",        "tok_1",               "",                                       Reason.INVALID_ID));
        all.add(body("a token with blanks",   "tok_1",               "tok 1",                                  Reason.INVALID_ID));
        all.add(body("an endless token",      "tok_1",               "t".repeat(1_001),                        Reason.INVALID_ID));
        all.add(body("a token in a list",     "'tok_1'",             "['tok_1']",                              Reason.INVALID_ID));
        all.add(body("voided, and no order",  SOUND, "'voidedPurchaseNotification': {'purchaseToken': 'tok_1', 'refundType': 1}", Reason.MISSING_FIELD));
        all.add(body("voided, and no token",  SOUND, "'voidedPurchaseNotification': {'orderId': 'GPA.1', 'refundType': 1}", Reason.MISSING_FIELD));
        all.add(body("a review of nothing",   SOUND, "'pendingRefundReviewNotification': {}",                  Reason.MISSING_FIELD));
        // spotless:on
        return all;
    }

    private static SenselessBody body(String name, String sound, String senseless, Reason reason) {
        var all = TestGoogle.says(SOUND).utf8();
        var from = sound.replace('\'', '"');
        if (!all.contains(from)) {
            throw new IllegalArgumentException(name + ": not in the body");
        }
        return new SenselessBody(name, Bytes.utf8(all.replace(from, senseless.replace('\'', '"'))), reason);
    }
}
