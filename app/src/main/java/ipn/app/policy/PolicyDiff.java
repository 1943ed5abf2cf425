package ipn.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.policy.PolicyDiffReport.Examined;
import ipn.app.policy.PolicyDiffReport.Kind;
import ipn.app.policy.PolicyDiffReport.UserChange;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementClaims;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestOfKeys;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.projector.access.Access;
import ipn.projector.catalogue.AppliedVersion;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.preview.SettingsPreview;
import ipn.projector.preview.SettingsPreview.AccessChange;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the stored state of a projector from its changelogs, matches it again with other settings, and writes nothing. Of each
 * payment only 16 bytes are kept in memory, and of each entitlement of changed claims 24; what changes is kept on disk.
 */
public final class PolicyDiff {
    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final KafkaSettings kafka;
    private final String projectorId;
    private final SettingsPreview preview;

    /**
     * @param projectorId application id of the projector, whose state is read
     * @param history in force now
     * @param since from when on the catalogue would judge; empty: since ever
     */
    public PolicyDiff(
            KafkaSettings kafka,
            String projectorId,
            CatalogueHistory history,
            ProductCatalogue catalogue,
            Optional<Instant> since,
            Clock clock) {
        this.kafka = kafka;
        this.projectorId = projectorId;
        var applied = new AppliedVersion("preview", catalogue, since.orElse(Instant.MIN), Instant.MAX);
        this.preview = new SettingsPreview(history, applied, Clock.fixed(clock.instant(), clock.getZone()));
    }

    /** Reads everything; to be called once. The caller closes the report. */
    public PolicyDiffReport run(Progress progress) {
        var changes = new SpilledChanges();
        var complete = false;
        try (var reader = TopicReader.open(kafka)) {
            var report = run(reader, changes, progress);
            complete = true;
            return report;
        } finally {
            if (!complete) {
                changes.close();
            }
        }
    }

    private PolicyDiffReport run(TopicReader reader, SpilledChanges changes, Progress progress) {
        var payments = read(
                reader,
                "payment-allocations",
                PaymentAllocation.class,
                key -> true,
                progress,
                (key, stored) -> changes.add(preview.payment(key, stored)));
        var orders = read(
                reader,
                "order-allocations",
                OrderAllocation.class,
                key -> true,
                progress,
                (key, stored) -> changes.add(preview.order(stored)));
        var users = read(
                reader,
                "entitlement-claims",
                EntitlementClaims.class,
                changes::mayConcern,
                progress,
                (key, stored) -> addUser(changes, stored, changes.take(key)));
        changes.rest((key, claims) -> addUser(changes, NOTHING, claims));
        return new PolicyDiffReport(
                new Examined(
                        preview.applied().catalogue().version(),
                        Optional.of(preview.applied().since())
                                .filter(since -> !since.equals(Instant.MIN))
                                .map(Instant::toString),
                        payments.keys(),
                        orders.keys(),
                        payments.replaced() + orders.replaced() + users.replaced()),
                changes);
    }

    private <T extends SpecificRecord> NewestOfKeys.Result read(
            TopicReader reader,
            String store,
            Class<T> type,
            Predicate<byte[]> keys,
            Progress progress,
            BiConsumer<String, T> each) {
        var topic = projectorId + "-" + store + "-changelog";
        try (var values = kafka.serdes().deserializer(type)) {
            return new NewestOfKeys(reader, topic, keys)
                    .read(
                            progress,
                            record -> AvroValues.read(record, values)
                                    .ifPresent(value -> each.accept(key(record), value)));
        }
    }

    private void addUser(SpilledChanges changes, EntitlementClaims stored, List<Claim> claims) {
        if (!claims.isEmpty()) {
            preview.access(stored, claims).map(each -> change(changes, each)).ifPresent(changes::add);
        }
    }

    private static UserChange change(SpilledChanges changes, AccessChange change) {
        var was = change.before().filter(Access::isOpen).isPresent();
        var is = change.after().filter(Access::isOpen).isPresent();
        return new UserChange(
                kind(was, is),
                change.subject(),
                change.entitlement(),
                change.scope().orElse(""),
                text(change.before()),
                text(change.after()),
                why(changes, change),
                money(change.claims()),
                change.claims().stream()
                        .map(Claim::getPaymentKey)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Kind kind(boolean was, boolean is) {
        if (was) {
            return is ? Kind.CHANGES : Kind.LOSES;
        }
        return is ? Kind.GAINS : Kind.WITHOUT_ACCESS;
    }

    private static String why(SpilledChanges changes, AccessChange change) {
        var found = change.claims().stream()
                .flatMap(claim -> Stream.concat(Stream.of(claim.getPaymentKey()), Stream.ofNullable(claim.getOrder())))
                .distinct()
                .sorted()
                .flatMap(key -> changes.discrepancies(key).stream())
                .map(each -> "%s %s: expected %s, came %s"
                        .formatted(
                                each.getKind(),
                                each.getState() == DiscrepancyState.OPEN ? "opens" : "closes",
                                each.getExpected(),
                                each.getActual()))
                .distinct()
                .collect(Collectors.joining("; "));
        return found.isEmpty() ? judged(change) : found;
    }

    private static String judged(AccessChange change) {
        return change.claims().stream()
                .filter(claim -> claim.getKind() != ClaimKind.WITHDRAWN)
                .map(claim ->
                        "judged as product %s of version %s".formatted(claim.getProduct(), claim.getPolicyVersion()))
                .distinct()
                .sorted()
                .findFirst()
                .orElse("no longer judged as this product");
    }

    /** Each payment once, however many claims it makes. */
    private static Map<String, Long> money(List<Claim> claims) {
        var byKey = new TreeMap<String, Claim>();
        claims.stream()
                .filter(claim -> claim.getAmount() != null)
                .forEach(claim -> byKey.put(claim.getClaimKey(), claim));
        var sums = new TreeMap<String, Long>();
        byKey.values()
                .forEach(claim -> sums.merge(
                        Objects.requireNonNullElse(claim.getCurrency(), ""), claim.getAmount(), Math::addExact));
        return sums;
    }

    private static String text(Optional<Access> access) {
        return access.map(each -> {
                    var end = each.graceUntil().or(each::until).map(until -> " until " + until);
                    return each.status() + end.orElse("") + " ("
                            + each.decisive().getProduct() + ")";
                })
                .orElse("none");
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
