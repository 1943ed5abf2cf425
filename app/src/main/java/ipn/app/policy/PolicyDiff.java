package ipn.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.policy.PolicyDiffReport.DiscrepancyChange;
import ipn.app.policy.PolicyDiffReport.Kind;
import ipn.app.policy.PolicyDiffReport.UserChange;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementClaims;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.key.EntitlementKey;
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
import ipn.projector.preview.SettingsPreview.Change;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the stored state of a projector from its changelogs, matches it again with other settings, and writes nothing. Of unchanged payments
 * only 16 bytes are kept in memory; of changed ones, their claims.
 */
public final class PolicyDiff {
    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();

    private final KafkaSettings kafka;
    private final String projectorId;
    private final SettingsPreview preview;
    private final Map<String, List<Claim>> claims = new TreeMap<>();
    private final Map<String, List<Discrepancy>> discrepancies = new HashMap<>();
    private long replaced;

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

    /** Reads everything; to be called once. */
    public PolicyDiffReport run(Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            var payments = read(
                    reader,
                    "payment-allocations",
                    PaymentAllocation.class,
                    progress,
                    (key, stored) -> add(preview.payment(key, stored)));
            var orders = read(
                    reader,
                    "order-allocations",
                    OrderAllocation.class,
                    progress,
                    (key, stored) -> add(preview.order(stored)));
            var users = users(reader, progress);
            return new PolicyDiffReport(
                    preview.applied().catalogue().version(),
                    Optional.of(preview.applied().since())
                            .filter(since -> !since.equals(Instant.MIN))
                            .map(Instant::toString),
                    payments,
                    orders,
                    users,
                    changes(DiscrepancyState.OPEN),
                    changes(DiscrepancyState.CLOSED),
                    replaced);
        }
    }

    private <T extends SpecificRecord> long read(
            TopicReader reader, String store, Class<T> type, Progress progress, BiConsumer<String, T> each) {
        var topic = projectorId + "-" + store + "-changelog";
        try (var values = kafka.serdes().deserializer(type)) {
            var result = new NewestOfKeys(reader, topic, key -> true)
                    .read(
                            progress,
                            record -> AvroValues.read(record, values)
                                    .ifPresent(value -> each.accept(key(record), value)));
            replaced += result.replaced();
            return result.keys();
        }
    }

    private void add(Change change) {
        change.claims()
                .forEach(
                        claim -> claims.computeIfAbsent(EntitlementKey.of(claim).toString(), any -> new ArrayList<>())
                                .add(claim));
        if (!change.discrepancies().isEmpty()) {
            discrepancies.put(change.key(), change.discrepancies());
        }
    }

    private List<UserChange> users(TopicReader reader, Progress progress) {
        var users = new ArrayList<UserChange>();
        var left = new TreeSet<>(claims.keySet());
        var topic = projectorId + "-entitlement-claims-changelog";
        try (var values = kafka.serdes().deserializer(EntitlementClaims.class)) {
            var result = new NewestOfKeys(reader, topic, key -> claims.containsKey(new String(key, UTF_8)))
                    .read(
                            progress,
                            record -> AvroValues.read(record, values).ifPresent(stored -> {
                                left.remove(key(record));
                                user(key(record), stored).ifPresent(users::add);
                            }));
            replaced += result.replaced();
        }
        left.forEach(key -> user(key, NOTHING).ifPresent(users::add));
        users.sort(Comparator.comparing(UserChange::kind)
                .thenComparing(UserChange::user)
                .thenComparing(UserChange::entitlement)
                .thenComparing(UserChange::scope));
        return users;
    }

    private Optional<UserChange> user(String key, EntitlementClaims stored) {
        return preview.access(stored, Objects.requireNonNull(claims.get(key))).map(this::change);
    }

    private UserChange change(AccessChange change) {
        var was = change.before().filter(Access::isOpen).isPresent();
        var is = change.after().filter(Access::isOpen).isPresent();
        return new UserChange(
                was == is ? Kind.CHANGES : is ? Kind.GAINS : Kind.LOSES,
                change.subject(),
                change.entitlement(),
                change.scope().orElse(""),
                text(change.before()),
                text(change.after()),
                why(change),
                money(change.claims()),
                change.claims().stream()
                        .map(Claim::getPaymentKey)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private String why(AccessChange change) {
        var found = change.claims().stream()
                .flatMap(claim -> Stream.concat(Stream.of(claim.getPaymentKey()), Stream.ofNullable(claim.getOrder())))
                .distinct()
                .sorted()
                .flatMap(key -> discrepancies.getOrDefault(key, List.of()).stream())
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

    private List<DiscrepancyChange> changes(DiscrepancyState state) {
        return discrepancies.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.getState() == state)
                .map(each -> new DiscrepancyChange(
                        each.getDiscrepancyId(),
                        Objects.requireNonNullElse(each.getExpected(), ""),
                        Objects.requireNonNullElse(each.getActual(), "")))
                .sorted(Comparator.comparing(DiscrepancyChange::id))
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
