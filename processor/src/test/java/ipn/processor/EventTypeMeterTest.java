package ipn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.RecordPosition;
import ipn.drift.DriftDetector;
import ipn.drift.KnownSchema;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.processor.silence.WatchedStreams;
import ipn.topics.Reason;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventTypeMeterTest {
    private static final int ACCOUNTS = 80;
    private static final Set<String> TYPES =
            IntStream.range(0, 200).mapToObj(type -> "type." + type).collect(Collectors.toUnmodifiableSet());
    private static final KnownSchema SHAPE =
            new KnownSchema("", Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), TYPES, Map.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventTypeMeter meter = new EventTypeMeter(
            meters, EventTypeMeterTest::accounts, new DriftDetector(Map.of(Notebook.ID.gateway(), SHAPE)));

    private static Accounts accounts() {
        var notebook = new Notebook();
        return new Accounts(IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> "notebook/a" + account)
                .collect(Collectors.toMap(Function.<String>identity(), name -> (GatewayAccount) notebook)));
    }

    @Test
    void a_known_type_is_counted_by_account_and_kind() {
        count("a1", "type.7", OutcomeKind.APPLIED, null);
        count("a1", "type.7", OutcomeKind.APPLIED, null);
        count("a1", "type.7", OutcomeKind.UNPROCESSABLE, Reason.INVALID_AMOUNT);
        count("a2", "type.7", OutcomeKind.APPLIED, null);
        assertThat(counted("a1", "type.7", "APPLIED")).isEqualTo(2);
        assertThat(counted("a1", "type.7", "UNPROCESSABLE")).isEqualTo(1);
        assertThat(counted("a2", "type.7", "APPLIED")).isEqualTo(1);
    }

    @Test
    void what_is_not_authentic_adds_no_type() {
        count("a1", "type.7", OutcomeKind.UNPROCESSABLE, Reason.NOT_SEALED);
        count("a1", "type.8", OutcomeKind.UNPROCESSABLE, Reason.INVALID_SIGNATURE);
        assertThat(counted("a1", "other", "UNPROCESSABLE")).isEqualTo(2);
        assertThat(series()).isEqualTo(1);
    }

    @Test
    void unknown_accounts_and_types_are_one_series() {
        for (var i = 0; i < 10_000; i++) {
            count("stranger" + i, "type." + i % 200, OutcomeKind.UNPROCESSABLE, Reason.WRONG_ACCOUNT);
            count("a1", "random." + i, OutcomeKind.IGNORED, null);
        }
        assertThat(series()).isEqualTo(2);
        assertThat(meters.get("ipn.processor.notifications")
                        .tags("gateway", "unknown", "account", "unknown", "type", "other")
                        .counter()
                        .count())
                .isEqualTo(10_000);
    }

    @Test
    void types_beyond_the_bound_of_an_account_are_one() {
        TYPES.forEach(type -> count("a1", type, OutcomeKind.APPLIED, null));
        assertThat(series()).isEqualTo(WatchedStreams.TYPES_MAX + 1);
        assertThat(counted("a1", "other", "APPLIED")).isEqualTo(200 - WatchedStreams.TYPES_MAX);
    }

    @Test
    void types_beyond_the_bound_of_all_accounts_are_one_of_each_account() {
        for (var account = 0; account < ACCOUNTS; account++) {
            for (var type : TYPES) {
                count("a" + account, type, OutcomeKind.APPLIED, null);
            }
        }
        assertThat(series()).isEqualTo(EventTypeMeter.TYPES_MAX + ACCOUNTS);
    }

    private void count(String account, String type, OutcomeKind kind, Reason reason) {
        meter.count(Outcome.newBuilder()
                .setKind(kind)
                .setReason(reason == null ? null : reason.name())
                .setPaymentKey("notebook/main/p")
                .setEventKey("notebook/main/e")
                .setGateway(Notebook.ID.gateway())
                .setAccount(account)
                .setEventType(type)
                .setSource(new RecordPosition("ipn.raw", 0, 0L))
                .build());
    }

    private double counted(String account, String type, String kind) {
        return meters.get("ipn.processor.notifications")
                .tags("gateway", "notebook", "account", account, "type", type, "kind", kind)
                .counter()
                .count();
    }

    private int series() {
        return meters.find("ipn.processor.notifications").counters().size();
    }
}
