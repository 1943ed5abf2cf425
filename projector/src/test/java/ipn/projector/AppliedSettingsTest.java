package ipn.projector;

import static ipn.projector.ChangedSettingsTest.CHANGED;
import static ipn.projector.ChangedSettingsTest.OLD;
import static ipn.projector.ChangedSettingsTest.catalogue;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AppliedCatalogues;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.EntitlementKey;
import ipn.projector.access.Access;
import ipn.projector.catalogue.AppliedVersion;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.preview.SettingsPreview;
import ipn.projector.preview.SettingsPreview.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person applies changed settings to what was paid before; the payments and orders of a partition are matched again, tick by tick. */
class AppliedSettingsTest {
    private static final Safeguards UNLIMITED = Brakes.limitedTo(1_000_000);
    private static final Duration DAY = Duration.ofDays(1);

    private int users = 60;

    @TempDir
    Path folder;

    /** What is to change, and what changed: access by entitlement, and the states of discrepancies. */
    private record Outcome(Map<String, String> access, TreeSet<String> discrepancies) {}

    @ParameterizedTest
    @MethodSource("ipn.projector.ChangedSettingsTest#changes")
    void exactly_those_change_whom_the_preview_names_also_if_interrupted(ProductCatalogue changed) {
        applyAndCompare(changed, Instant.MIN);
    }

    @Test
    void the_same_with_thousands_of_payments() {
        users = 500;
        applyAndCompare(
                catalogue("premium: {entitlement: gold, prices: {USD: 800}, aliases: [price_1]}", "MATCHED"),
                Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30})
    void a_version_that_is_applied_since_a_date_leaves_alone_what_was_paid_before(int days) {
        applyAndCompare(catalogue("", "MATCHED"), NOON.minus(DAY.multipliedBy(days)));
    }

    private void applyAndCompare(ProductCatalogue changed, Instant since) {
        var history = history(changed);
        var projection = started(history);
        var preview = preview(projection, history, changed, since);
        projection.decided(apply("d_1", changed.version(), since, projection.now()));
        var ticks = 0;
        var seen = new Outcome(new TreeMap<>(), new TreeSet<>());
        for (; !isDone(projection); ticks++) {
            projection.tick();
            if (ticks == 0 || ticks == 1) {
                add(projection, seen);
                projection = projection.restarted(folder, history, UNLIMITED);
            }
        }
        add(projection, seen);
        assertThat(seen).isEqualTo(preview);
        assertThat(ticks).as("several ticks").isGreaterThan(2);

        // what arrives late is judged by the applied version as well: nothing is left to change
        for (var state : ChangedSettingsTest.states(users)) {
            projection.applied(ChangedSettingsTest.late(state));
        }
        projection.tick();
        assertThat(projection.events()).isEmpty();
        assertThat(projection.discrepancies()).isEmpty();
        projection.close();
    }

    @Test
    void events_that_arrive_meanwhile_are_judged_by_the_applied_version_and_the_end_is_the_same() {
        var changed = catalogue("gold: {entitlement: gold, prices: {USD: 800}, aliases: [price_1]}", "MATCHED");
        var history = history(changed);
        var quiet = started(history);
        var busy = started(history);
        quiet.decided(apply("d_1", changed.version(), Instant.MIN, quiet.now()));
        busy.decided(apply("d_1", changed.version(), Instant.MIN, busy.now()));
        for (var state : ChangedSettingsTest.states(users)) {
            busy.applied(PaymentState.newBuilder(state)).tick();
        }
        while (!isDone(quiet) || !isDone(busy)) {
            quiet.tick();
            busy.tick();
        }
        assertThat(claims(busy)).isEqualTo(claims(quiet)).isNotEmpty();
        quiet.close();
        busy.close();
    }

    @Test
    void decisions_count_in_any_order_and_one_that_is_undone_no_longer() {
        var cheap = catalogue("premium: {entitlement: premium, prices: {USD: 100}, aliases: [price_1]}", "MATCHED");
        var none = catalogue("", "MATCHED");
        var history = new CatalogueHistory(
                List.of(new Entry(NOON, OLD), new Entry(CHANGED, cheap), new Entry(CHANGED.plusSeconds(1), none)));
        var at = NOON.plus(DAY.multipliedBy(2));
        var first = apply("d_1", cheap.version(), Instant.MIN, at);
        var second = apply("d_2", none.version(), Instant.MIN, at.plusSeconds(1));
        var inOrder = decided(history, first, second);
        assertThat(decided(history, second, first)).isEqualTo(inOrder);
        assertThat(decided(history, second, first, first, second)).isEqualTo(inOrder);
        assertThat(inOrder).isEmpty();
        assertThat(decided(history, first, second, undo(second)))
                .isEqualTo(decided(history, first))
                .isNotEmpty();
        assertThat(decided(history, first, undo(first))).isEqualTo(decided(history));
    }

    @Test
    void the_brake_withholds_revocations_beyond_its_limit() {
        var changed = catalogue("", "MATCHED");
        var history = history(changed);
        var safeguards = Brakes.limitedTo(10);
        var projection = started(history).restarted(folder, history, safeguards);
        projection.decided(apply("d_1", changed.version(), Instant.MIN, projection.now()));
        while (!isDone(projection)) {
            projection.tick();
        }
        assertThat(projection.events()).hasSize(10);
        assertThat(projection.states().values()).anyMatch(state -> state.getWithheld() != null);
        assertThat(claims(projection)).as("of the claims nothing is left").isEmpty();
        projection.close();
    }

    @Test
    void a_version_that_this_process_does_not_know_waits_for_its_restart() {
        var changed = catalogue("", "MATCHED");
        var projection = started(CatalogueHistory.always(OLD));
        projection.decided(apply("d_1", changed.version(), Instant.MIN, projection.now()));
        for (var tick = 0; tick < 10; tick++) {
            projection.tick();
        }
        assertThat(projection.events()).isEmpty();
        assertThat(isDone(projection)).isFalse();
        projection = projection.restarted(folder, history(changed), UNLIMITED);
        while (!isDone(projection)) {
            projection.tick();
        }
        assertThat(projection.events()).isNotEmpty();
        projection.close();
    }

    private List<String> decided(CatalogueHistory history, Decision... decisions) {
        try (var projection = started(history)) {
            for (var decision : decisions) {
                projection.decided(decision).tick();
            }
            while (decisions.length > 0 && !isDone(projection)) {
                projection.tick();
            }
            return claims(projection);
        }
    }

    private static CatalogueHistory history(ProductCatalogue changed) {
        return new CatalogueHistory(List.of(new Entry(NOON, OLD), new Entry(CHANGED, changed)));
    }

    /** Restarted with changed settings, after users of all kinds have paid. */
    private Projection started(CatalogueHistory history) {
        var before = new Projection(folder, CatalogueHistory.always(OLD), UNLIMITED);
        ChangedSettingsTest.states(users).forEach(state -> before.applied(PaymentState.newBuilder(state)));
        ChangedSettingsTest.orders(users).forEach(before::ordered);
        before.pass(DAY.multipliedBy(2)).pass(Duration.ofSeconds(10));
        var after = before.restarted(folder, history, UNLIMITED);
        after.pass(Duration.ZERO);
        add(after, new Outcome(new TreeMap<>(), new TreeSet<>()));
        return after;
    }

    private static Outcome preview(
            Projection projection, CatalogueHistory history, ProductCatalogue changed, Instant since) {
        var clock = Clock.fixed(projection.now(), ZoneOffset.UTC);
        var preview = new SettingsPreview(history, new AppliedVersion("preview", changed, since, Instant.MAX), clock);
        var changes = new ArrayList<Change>();
        projection
                .<PaymentAllocation>store("payment-allocations")
                .all()
                .forEachRemaining(each -> changes.add(preview.payment(each.key, each.value)));
        projection
                .<OrderAllocation>store("order-allocations")
                .all()
                .forEachRemaining(each -> changes.add(preview.order(each.value)));
        var claims = new TreeMap<String, List<Claim>>();
        var discrepancies = new TreeSet<String>();
        changes.forEach(change -> {
            change.claims()
                    .forEach(claim -> claims.computeIfAbsent(
                                    EntitlementKey.of(claim).toString(), any -> new ArrayList<>())
                            .add(claim));
            change.discrepancies().forEach(each -> discrepancies.add(text(each)));
        });
        var access = new TreeMap<String, String>();
        claims.forEach((key, changedClaims) -> {
            var stored =
                    projection.<EntitlementClaims>store("entitlement-claims").get(key);
            preview.access(
                            stored == null
                                    ? EntitlementClaims.newBuilder()
                                            .setClaims(List.of())
                                            .build()
                                    : stored,
                            changedClaims)
                    .ifPresent(change -> access.put(key, text(change.after())));
        });
        return new Outcome(access, discrepancies);
    }

    private static String text(Optional<Access> access) {
        return access.map(each -> each.status() + " " + each.until() + " " + each.graceUntil() + " "
                        + each.decisive().getProduct())
                .orElse("withdrawn");
    }

    /** Adds what was emitted, and reads it away. */
    private static void add(Projection projection, Outcome seen) {
        projection
                .events()
                .forEach(event -> seen.access().put(EntitlementKey.of(event).toString(), text(event)));
        projection.discrepancies().forEach(each -> seen.discrepancies().add(text(each)));
    }

    private static String text(EntitlementEvent event) {
        return event.getReason() == ipn.avro.AccessReason.WITHDRAWN
                ? "withdrawn"
                : event.getStatus() + " " + Optional.ofNullable(event.getUntil()) + " "
                        + Optional.ofNullable(event.getGraceUntil()) + " " + event.getProduct();
    }

    private static String text(Discrepancy discrepancy) {
        return discrepancy.getDiscrepancyId() + " " + discrepancy.getState() + " " + discrepancy.getExpected();
    }

    private static boolean isDone(Projection projection) {
        var states = projection.<AppliedCatalogues>store("catalogues-applied");
        return states.get("payments").getDone() && states.get("orders").getDone();
    }

    /** What all users have, without causes. */
    private static List<String> claims(Projection projection) {
        var claims = new ArrayList<String>();
        projection
                .<EntitlementClaims>store("entitlement-claims")
                .all()
                .forEachRemaining(each -> each.value
                        .getClaims()
                        .forEach(claim -> claims.add(each.key + " " + claim.getClaimKey() + " " + claim.getStatus()
                                + " " + claim.getProduct() + " " + claim.getPolicyVersion())));
        return claims;
    }

    private static Decision apply(String id, String version, Instant since, Instant at) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(DecisionKind.APPLY)
                .setTarget(DecisionTarget.CATALOGUE)
                .setAbout("catalogue")
                .setBy("ada")
                .setAt(at)
                .setWhy("a mistake in the settings")
                .setPolicyVersion(version)
                .setSince(since.equals(Instant.MIN) ? null : since)
                .build();
    }

    private static Decision undo(Decision decision) {
        return Decision.newBuilder(decision)
                .setDecisionId("u_" + decision.getDecisionId())
                .setKind(DecisionKind.UNDO)
                .setOf(decision.getDecisionId())
                .setPolicyVersion(null)
                .setSince(null)
                .build();
    }
}
