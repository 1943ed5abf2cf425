package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.processor.Reverifier;
import ipn.topics.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of gateways in situations that merchants have reported as mishandled, through both stages: refunds, disputes, changes of
 * plan, cancellations and grace periods. The files are in the folder {@code cases} beside this class.
 */
class ReportedCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> UNBRAKED = Map.of("IPN_BRAKE_MAX", "1000000000", "IPN_BRAKE_SHARE", "100");

    @TempDir
    private static Path folder;

    /** One case in one order of arrival. */
    record Run(ReportedCase reported, List<Integer> order) {
        @Override
        public String toString() {
            return reported.name() + " " + order;
        }
    }

    private static Path cases() {
        return Path.of(System.getProperty("reported-cases", "src/test/resources/ipn/app/chain/cases"));
    }

    static Stream<Run> runs() throws IOException {
        try (var files = Files.list(cases())) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(ReportedCase::read)
                    .flatMap(each -> each.orders().stream().map(order -> new Run(each, order)));
        }
    }

    @Test
    void has_cases() throws IOException {
        assertThat(runs()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void ends_in_the_state_that_the_gateways_documentation_defines(Run run) {
        var config = IpnConfig.from(
                new SettingsSource(Optional.of(cases().resolve("settings.yaml")), UNBRAKED).read(), folder);
        try (var chain = new Chain(folder, config, Reverifier.OFF)) {
            run.order().forEach(index -> {
                var arrival = run.reported().arrival(index);
                var account = config.accounts()
                        .find(arrival.gateway(), arrival.account())
                        .orElseThrow();
                arrival.deliveries().forEach(delivery -> chain.store(account, delivery));
            });
            assertThat(differences(run.reported(), chain))
                    .as("states that differ from the expected ones")
                    .isEmpty();
        }
    }

    private static List<String> differences(ReportedCase reported, Chain chain) {
        var lines = new ArrayList<String>();
        ReportedCase.fields(reported.expected("entitlements"))
                .forEach((subject, wanted) ->
                        differences(subject, wanted, JSON.valueToTree(entitlements(chain, subject)), lines));
        ReportedCase.fields(reported.expected("payments"))
                .forEach((key, wanted) -> differences(key, wanted, payment(chain, key), lines));
        ReportedCase.fields(reported.expected("ledger"))
                .forEach((key, wanted) ->
                        whole("ledger of " + key, wanted, JSON.valueToTree(ledger(chain, key)), lines));
        ReportedCase.fields(reported.expected("discrepancies"))
                .forEach((subject, wanted) -> whole(
                        "discrepancies of " + subject, wanted, JSON.valueToTree(chain.discrepancies(subject)), lines));
        ReportedCase.fields(reported.expected("access"))
                .forEach((subject, wanted) ->
                        whole("access of " + subject, wanted, JSON.valueToTree(access(chain, subject)), lines));
        var letters = reported.expected("dead_letters");
        whole(
                "dead letters",
                letters.isMissingNode() ? JSON.createArrayNode() : letters,
                JSON.valueToTree(reasons(chain)),
                lines);
        return lines;
    }

    private static List<String> reasons(Chain chain) {
        return chain.deadLetters().stream()
                .map(letter -> text(letter, Headers.ERROR_EXCEPTION) + ": " + text(letter, Headers.ERROR_MESSAGE))
                .toList();
    }

    private static String text(TestRecord<?, ?> record, String header) {
        var found = record.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), UTF_8);
    }

    private static void differences(String where, JsonNode wanted, JsonNode found, List<String> lines) {
        if (wanted.isObject() && found.isObject()) {
            ReportedCase.fields(wanted)
                    .forEach((name, each) -> differences(where + "." + name, each, found.path(name), lines));
        } else {
            whole(where, wanted, found, lines);
        }
    }

    private static void whole(String where, JsonNode wanted, JsonNode found, List<String> lines) {
        if (!read(wanted).equals(read(found))) {
            lines.add("%s: %s (expected: %s)".formatted(where, found, wanted));
        }
    }

    /** Read again, so that equal numbers are of one type; what is missing is null. */
    private static JsonNode read(JsonNode node) {
        try {
            return node.isMissingNode() ? JSON.nullNode() : JSON.readTree(node.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The newest entitlement events of a subject, by entitlement and scope. */
    private static Map<String, Map<String, Object>> entitlements(Chain chain, String subject) {
        var found = new TreeMap<String, Map<String, Object>>();
        chain.entitlements().values().stream()
                .map(entitlement -> entitlement.getLast())
                .filter(last -> last.getSubject().equals(subject))
                .forEach(last -> found.put(
                        last.getEntitlement() + (last.getScope() == null ? "" : "/" + last.getScope()), values(last)));
        return found;
    }

    private static List<String> access(Chain chain, String subject) {
        return entitlements(chain, subject).entrySet().stream()
                .filter(entry ->
                        List.of("ACTIVE", "GRACE").contains(entry.getValue().get("status")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode payment(Chain chain, String key) {
        var state = chain.payments().get(key);
        if (state == null) {
            return JSON.nullNode();
        }
        var values = values(state);
        values.put("dispute", values.get("disputeStatus"));
        values.put("fraud", values.get("fraudFlagged"));
        values.put(
                "subscription",
                state.getSubscription() == null
                        ? null
                        : state.getSubscription().getStatus().name());
        var totals = new TreeMap<String, Object>();
        state.getTotals().forEach(each -> totals.put(each.getCurrency(), values(each)));
        values.put("totals", totals);
        values.keySet()
                .removeIf(
                        name -> List.of("facts", "events", "invoices", "links").contains(name));
        return JSON.valueToTree(values);
    }

    /** Sums by account, product and currency; debits are above zero. */
    private static Map<String, Long> ledger(Chain chain, String key) {
        var sums = new TreeMap<String, Long>();
        chain.books(key).forEach((place, amount) -> {
            var parts = place.split(" ");
            var product = parts[2].equals("null") ? "" : ":" + parts[2];
            sums.merge(parts[0] + product + " " + parts[1], amount, Math::addExact);
        });
        sums.values().removeIf(amount -> amount == 0);
        return sums;
    }

    /** The fields of a record; enums, times and the like as text. */
    private static Map<String, Object> values(IndexedRecord record) {
        var values = new TreeMap<String, Object>();
        record.getSchema().getFields().forEach(field -> {
            var value = record.get(field.pos());
            values.put(
                    field.name(),
                    value == null || value instanceof Number || value instanceof Boolean ? value : value.toString());
        });
        return values;
    }
}
