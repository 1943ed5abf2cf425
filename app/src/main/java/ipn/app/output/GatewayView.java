package ipn.app.output;

import ipn.evidence.Evidence;
import ipn.evidence.Evidence.Tally;
import ipn.evidence.Proof;
import ipn.gateway.Accounts;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A gateway on the class path, its accounts, and the results of its tests.
 *
 * @param from {@link #BUILT_IN}, or the jar that contains it
 * @param accounts configured accounts, with their mode
 * @param contentTypes media types that these accounts accept
 * @param report whether the gateway's jar contains a test report
 * @param proofs number of passed and failed test cases by {@link Proof#word()}
 * @param oracles vendors' libraries that the tests compare with, and their versions
 */
public record GatewayView(
        String name,
        String from,
        List<String> accounts,
        List<String> contentTypes,
        Report report,
        Map<String, Tally> proofs,
        Map<String, String> oracles) {
    public static final String BUILT_IN = "built in";

    /** State of a test report. */
    public enum Report {
        PRESENT,
        NONE,
        UNREADABLE
    }

    /** Every gateway on the class path, by name. */
    public static List<GatewayView> all(Accounts accounts) {
        return ServiceLoader.load(Gateway.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(gateway -> of(gateway, accounts))
                .sorted(Comparator.comparing(GatewayView::name))
                .toList();
    }

    private static GatewayView of(Gateway gateway, Accounts accounts) {
        var own = accounts.byName().values().stream()
                .filter(account -> account.id().gateway().equals(gateway.name()))
                .toList();
        var evidence = Optional.<Evidence>empty();
        var report = Report.NONE;
        try {
            evidence = Evidence.find(gateway);
            report = evidence.isPresent() ? Report.PRESENT : Report.NONE;
        } catch (IllegalArgumentException e) {
            report = Report.UNREADABLE;
        }
        return new GatewayView(
                gateway.name(),
                origin(gateway),
                own.stream().map(GatewayView::account).sorted().toList(),
                List.copyOf(own.stream()
                        .flatMap(account -> account.contentTypes().stream())
                        .collect(Collectors.toCollection(TreeSet::new))),
                report,
                evidence.map(GatewayView::tallies).orElse(Map.of()),
                evidence.map(Evidence::oracles).orElse(Map.of()));
    }

    private static String account(GatewayAccount account) {
        return account.id().account()
                + (account.id().shadow() ? " (shadow)" : account.id().live() ? " (live)" : " (test)");
    }

    private static Map<String, Tally> tallies(Evidence evidence) {
        var tallies = new LinkedHashMap<String, Tally>();
        for (var proof : Proof.values()) {
            tallies.put(proof.word(), evidence.tally(proof));
        }
        return tallies;
    }

    private static String origin(Gateway gateway) {
        var type = gateway.getClass();
        if (type.getPackageName().startsWith(Gateway.class.getPackageName() + ".")) {
            return BUILT_IN;
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        var file =
                source == null ? null : Path.of(source.getLocation().getPath()).getFileName();
        return file == null ? "unknown" : file.toString();
    }

    /** Number of passed cases; a dash if there are none. */
    public String shown(Proof proof) {
        var tally = proofs.getOrDefault(proof.word(), Tally.NONE);
        if (tally.equals(Tally.NONE)) {
            return "-";
        }
        return Integer.toString(tally.passed())
                + (tally.failed() == 0 ? "" : ", " + Integer.toString(tally.failed()) + " failed");
    }

    /** The vendors' libraries that the tests compare with, or why there are no results. */
    public String vendorLibraries() {
        return switch (report) {
            case NONE -> "no report of a build here";
            case UNREADABLE -> "test report cannot be read";
            case PRESENT -> oracles.isEmpty() ? "-" : libraries();
        };
    }

    /** The vendors' libraries without their groups: {@code stripe-java 33.3.0}. */
    private String libraries() {
        return oracles.entrySet().stream()
                .map(oracle -> oracle.getKey().replaceFirst(".*:", "") + " " + oracle.getValue())
                .collect(Collectors.joining(", "));
    }
}
