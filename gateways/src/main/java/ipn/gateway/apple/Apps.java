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
 * The apps whose notifications are ours. Apple signs those of every app with one key: this is what makes one ours.
 *
 * @param bundles bundle ids
 * @param appleIds Apple's own numbers of the apps; Apple names them in production only
 */
record Apps(Set<String> bundles, Set<String> appleIds, boolean live) {
    /** Where a notification says what it is about; it has one of them. */
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
     * What the notification is about, which must be one of our apps, in our mode; empty where it is about no app.
     *
     * @throws RefusedException WRONG_MODE or WRONG_RECEIVER, or MISSING_FIELD where it does not say
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

    /** A token inside a notification names mode and bundle again. */
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

    /** A token of an external purchase says it by its id. */
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
