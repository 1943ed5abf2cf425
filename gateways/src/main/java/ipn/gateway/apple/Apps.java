package ipn.gateway.apple;

import ipn.gateway.AccountSettings;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.settings.Settings;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The apps of this account. Apple signs the notifications of all apps with one key, so only the app ids identify the receiver.
 *
 * @param bundles bundle ids
 * @param appleIds the apps' Apple IDs; Apple sends them in production only
 */
record Apps(Set<String> bundles, Set<String> appleIds, boolean live) {
    /** The objects that can describe the subject of a notification; each notification has one of them. */
    private static final List<String> PLACES = List.of("data", "summary", "appData", "externalPurchaseToken");

    private static final Pattern BUNDLE = Pattern.compile("[A-Za-z0-9.-]{1,155}");
    private static final Pattern APPLE_ID = Pattern.compile("[1-9][0-9]{0,18}");

    Apps {
        bundles = Set.copyOf(bundles);
        appleIds = Set.copyOf(appleIds);
    }

    static Apps from(AccountSettings account) {
        var settings = account.settings();
        var live = account.id().live();
        return new Apps(
                named(settings, "bundle-id", BUNDLE, true, "the app's bundle id, such as com.example.app, or a list"),
                named(settings, "app-apple-id", APPLE_ID, live, "the app's Apple ID in App Store Connect, a number"),
                live);
    }

    private static Set<String> named(Settings settings, String key, Pattern form, boolean needed, String expected) {
        var found = settings.list(key);
        if (found.isEmpty() && needed) {
            settings.problems().add(settings.full(key), "missing", expected);
        }
        found.stream()
                .filter(name -> !form.matcher(name).matches())
                .forEach(name -> settings.problems().add(settings.full(key), name, expected));
        return Set.copyOf(found.stream().distinct().toList());
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
        var bundle = about.at("bundleId").required();
        if (bundle.glance().filter(bundles::contains).isEmpty()) {
            throw wrongReceiver(bundle);
        }
    }

    private void checkAppleId(JsonField about) {
        var appleId = about.at("appAppleId").required();
        if (appleId.glance().filter(appleIds::contains).isEmpty()) {
            throw wrongReceiver(appleId);
        }
    }

    private static RefusedException wrongReceiver(JsonField field) {
        return new RefusedException(
                Reason.WRONG_RECEIVER, field.pointer() + ": not an app of the account (see gateways.apple)");
    }
}
