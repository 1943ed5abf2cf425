package ipn.gateway.apple;

import ipn.gateway.AccountSettings;
import ipn.gateway.Receiver;
import ipn.gateway.ReceiverSetting;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The apps of this account. Apple signs the notifications of all apps with one key, so only the app ids identify the receiver.
 *
 * @param bundles bundle ids
 * @param appleIds the apps' Apple IDs; Apple sends them in production only
 */
record Apps(Receiver bundles, Receiver appleIds, boolean live) {
    /** The objects that can describe the subject of a notification; each notification has one of them. */
    private static final List<String> PLACES = List.of("data", "summary", "appData", "externalPurchaseToken");

    private static final ReceiverSetting BUNDLE_ID = new ReceiverSetting(
                    "bundle-id",
                    "[A-Za-z0-9.-]{1,155}",
                    "the app's bundle id, such as com.example.app",
                    "in App Store Connect under App Information")
            .inEveryMode()
            .exactly();

    private static final ReceiverSetting APP_APPLE_ID = new ReceiverSetting(
                    "app-apple-id",
                    "[1-9][0-9]{0,18}",
                    "the app's Apple ID, a number",
                    "in App Store Connect under App Information")
            .exactly();

    static Apps from(AccountSettings account) {
        return new Apps(
                account.receiver(BUNDLE_ID),
                account.receiver(APP_APPLE_ID),
                account.id().live());
    }

    /**
     * The object that the notification is about; checks its app and mode against the account. Empty if it is about no app.
     *
     * @throws RefusedException WRONG_MODE or WRONG_RECEIVER, or MISSING_FIELD if app or mode is absent
     */
    Optional<JsonField> check(JsonField payload) {
        var place =
                PLACES.stream().map(payload::at).filter(JsonField::isPresent).findFirst();
        place.ifPresent(about -> {
            checkMode(about);
            checkBundle(about);
            if (live) {
                checkAppleId(about);
            }
        });
        return place;
    }

    /** Checks the mode and bundle that an inner token repeats. */
    void checkInside(JsonField inside) {
        if (inside.at("environment").isPresent()) {
            checkMode(inside);
        }
        if (inside.at("bundleId").isPresent()) {
            checkBundle(inside);
        }
    }

    private void checkMode(JsonField about) {
        var environment = about.at("environment");
        if (!environment(about).equals(live ? "Production" : "Sandbox")) {
            throw new RefusedException(
                    Reason.WRONG_MODE, environment.pointer() + ": not the mode of the account (see gateways.apple)");
        }
    }

    /** For an external purchase token, the prefix of its id is the environment. */
    private static String environment(JsonField about) {
        var token = about.at("externalPurchaseId");
        if (token.isPresent()) {
            return token.glance().orElse("").startsWith("SANDBOX") ? "Sandbox" : "Production";
        }
        return about.at("environment").required().glance().orElse("");
    }

    private void checkBundle(JsonField about) {
        bundles.check(about.at("bundleId").required());
    }

    private void checkAppleId(JsonField about) {
        appleIds.check(about.at("appAppleId").required());
    }
}
