package ipn.operations.reconcile;

import ipn.avro.DisputeStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.report.ParsedLine;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.reconcile.report.ReportLayout;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports, and payment states to hold them against. */
public final class TestReports {
    private static final Accounts ACCOUNTS = Accounts.from(
            settings("gateways: {stripe: {main: {mode: test}}, paypal: {main: {mode: test}}, paypal-ipn: {main: {mode:"
                    + " test}}, adyen: {main: {mode: test}, manual: {mode: test, capture: manual}}}"));

    private TestReports() {}

    public static Settings settings(String yaml) {
        return Settings.parse(yaml, Map.of(), Path.of(""));
    }

    public static GatewayAccount account(String gateway, String name) {
        return ACCOUNTS.find(gateway, name).orElseThrow();
    }

    /** A sample among the resources, read with the layout this program brings. */
    public static List<ParsedLine> sample(String file, String gateway, String account, String layout) {
        return read(text(file), account(gateway, account), layout(gateway, layout, ""));
    }

    /** @param yaml content of section {@code reconcile}; blank for none */
    public static ReportLayout layout(String gateway, String layout, String yaml) {
        var settings = settings(yaml);
        var layouts = ReportLayouts.from(settings);
        settings.verify();
        return layouts.find(gateway, Optional.of(layout)).orElseThrow();
    }

    public static List<ParsedLine> read(String csv, GatewayAccount account, ReportLayout layout) {
        return read(csv.getBytes(layout.file().charset()), account, layout);
    }

    public static List<ParsedLine> read(byte[] csv, GatewayAccount account, ReportLayout layout) {
        try {
            var file = Files.createTempFile("report", ".csv");
            try {
                Files.write(file, csv);
                var readings = new ArrayList<ParsedLine>();
                new ReportFile(file, layout, account).read((bytes, of) -> {}, readings::add);
                return readings;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String resource) {
        try (var stream = TestReports.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PaymentState payment(String key, FactRow... facts) {
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway(key.split("/")[0])
                .setAccount(key.split("/")[1])
                .setLive(false)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of(facts))
                .setEvents(List.of())
                .build();
    }

    public static FactRow captured(String id, String at, long amount, String currency, @Nullable Long fee) {
        return fact(FactKind.CAPTURED, id, at, amount, currency)
                .setSecondAmount(fee)
                .setText(fee == null ? null : currency)
                .build();
    }

    public static FactRow refund(String id, String at, long amount, String currency, String status) {
        return fact(FactKind.REFUND, id, at, amount, currency).setStatus(status).build();
    }

    public static FactRow refundTotal(String id, String at, long amount, String currency) {
        return fact(FactKind.REFUND_TOTAL, id, at, amount, currency).build();
    }

    public static FactRow dispute(String id, String at, long amount, String currency, String status) {
        return fact(FactKind.DISPUTE, id, at, amount, currency)
                .setStatus(status)
                .build();
    }

    private static FactRow.Builder fact(FactKind kind, String id, String at, long amount, String currency) {
        return FactRow.newBuilder()
                .setKind(kind)
                .setId(id)
                .setOccurredAt(Instant.parse(at))
                .setSequence(0)
                .setEventKey("any")
                .setFirstAt(Instant.parse(at))
                .setAmount(amount)
                .setCurrency(currency);
    }
}
