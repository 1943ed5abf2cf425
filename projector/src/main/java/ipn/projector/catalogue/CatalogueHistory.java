package ipn.projector.catalogue;

import ipn.avro.Claim;
import ipn.decision.ApprovalPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The catalogue and its past. What was right when it was paid stays right: each charge is judged by the version that was in force at its
 * own time by the gateway's clock, so the result depends neither on the order of arrival nor on when it is judged.
 *
 * @param entries at least one, oldest first; the oldest was in force since ever, whatever its time
 */
public record CatalogueHistory(List<Entry> entries) {
    /**
     * A version and since when it is in force.
     *
     * @param from by our clock
     */
    public record Entry(Instant from, ProductCatalogue catalogue) {}

    public CatalogueHistory {
        entries = entries.stream().sorted(Comparator.comparing(Entry::from)).toList();
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("entries: none (expected: at least one version of the catalogue)");
        }
    }

    /** A catalogue that was never changed. */
    public static CatalogueHistory always(ProductCatalogue catalogue) {
        return new CatalogueHistory(List.of(new Entry(Instant.MIN, catalogue)));
    }

    /** The history after decisions to apply versions to what was paid before. Their order does not matter. */
    public CatalogueHistory with(Collection<AppliedVersion> applied) {
        if (applied.isEmpty()) {
            return this;
        }
        var times = new TreeSet<Instant>();
        times.add(Instant.MIN);
        entries.stream().skip(1).map(Entry::from).forEach(times::add);
        applied.forEach(each -> {
            times.add(each.since());
            if (each.at().isBefore(Instant.MAX)) {
                times.add(each.at().plusMillis(1));
            }
        });
        return new CatalogueHistory(
                times.stream().map(time -> new Entry(time, at(time, applied))).toList());
    }

    private ProductCatalogue at(Instant time, Collection<AppliedVersion> applied) {
        return applied.stream()
                .filter(each -> each.judges(time))
                .max(AppliedVersion.EARLIEST_FIRST)
                .map(AppliedVersion::catalogue)
                .orElseGet(() -> at(time));
    }

    /** The version in force at a time. */
    public ProductCatalogue at(Instant time) {
        return entries.get(indexAt(time)).catalogue();
    }

    /** The versions in force at any time from {@code since} until {@code until}, both included, each once, oldest first. */
    public List<ProductCatalogue> within(Instant since, Instant until) {
        var first = indexAt(since);
        var last = Math.max(first, indexAt(until));
        return first == last ? List.of(entries.get(first).catalogue()) : distinct(first, last);
    }

    private List<ProductCatalogue> distinct(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(index -> entries.get(index).catalogue())
                .distinct()
                .toList();
    }

    /** Which decisions need approval: by the version in force when they were made. */
    public ApprovalPolicy approval() {
        return (kind, at) -> at(at).policy().approval().contains(kind);
    }

    /** The version that is in force now. */
    public ProductCatalogue newest() {
        return entries.get(entries.size() - 1).catalogue();
    }

    /** Of some versions, the newest; without any, the one in force now. */
    public String newest(Stream<String> versions) {
        var known = versions.collect(Collectors.toUnmodifiableSet());
        return entries.stream()
                .map(entry -> entry.catalogue().version())
                .filter(known::contains)
                .reduce((older, newer) -> newer)
                .orElseGet(() -> newest().version());
    }

    /** A version by its name; the newest of that name. */
    public Optional<ProductCatalogue> version(String version) {
        return entries.stream()
                .map(Entry::catalogue)
                .filter(catalogue -> catalogue.version().equals(version))
                .reduce((older, newer) -> newer);
    }

    /** The product of a claim, as the version has it that judged the claim; the newest has it where that version is unknown. */
    public Optional<Product> product(Claim claim) {
        return version(claim.getPolicyVersion()).orElseGet(this::newest).get(claim.getProduct());
    }

    private int indexAt(Instant time) {
        var index = entries.size() - 1;
        while (index > 0 && entries.get(index).from().isAfter(time)) {
            index--;
        }
        return index;
    }
}
