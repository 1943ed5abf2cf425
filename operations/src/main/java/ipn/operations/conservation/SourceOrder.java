package ipn.operations.conservation;

import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.RawWindow.Place;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Follows the outcomes, or the dead letters, of one partition, which the stages write in the order of the raw records. The first that is about a
 * decided record above the window is where the next window begins. What breaks this order was not written by the stages, or was written twice.
 */
final class SourceOrder {
    private final RawWindow window;
    private final boolean continued;
    private final FindingCollector findings;
    private final Kind second;
    private final Kind withoutRecord;
    /** About raw records that were not decided when the window was chosen, after everything else: the stages may have written them since. */
    private final List<Mention> undecided = new ArrayList<>();

    private Optional<Long> later = Optional.empty();
    private boolean reports;

    private record Mention(long offset, Position source) {}

    /**
     * Begins.
     *
     * @param continued whether everything about earlier raw records was read before
     * @param second what another one about an earlier raw record is
     * @param withoutRecord what one about a raw record that does not exist is
     */
    SourceOrder(RawWindow window, boolean continued, FindingCollector findings, Kind second, Kind withoutRecord) {
        this.window = window;
        this.continued = continued;
        this.findings = findings;
        this.second = second;
        this.withoutRecord = withoutRecord;
        this.reports = continued;
    }

    boolean continued() {
        return continued;
    }

    /** @return where the raw record is; if it is {@link Place#LATER}, the reading ends */
    Place follow(long offset, Position source) {
        var place = window.place(source);
        switch (place) {
            case EARLIER -> {
                outOfOrder();
                if (continued) {
                    findings.add(second, source);
                }
            }
            case WITHIN -> {
                outOfOrder();
                reports = true;
            }
            case LATER -> {
                outOfOrder();
                later = Optional.of(offset);
            }
            case UNDECIDED -> undecided.add(new Mention(offset, source));
            case OTHER_PARTITION -> {}
        }
        return place;
    }

    /** The stages write nothing about a decided record after what they write about later ones. */
    private void outOfOrder() {
        if (reports) {
            undecided.forEach(mention ->
                    findings.add(mention.source().offset() < window.end() ? second : withoutRecord, mention.source()));
        }
        undecided.clear();
    }

    /**
     * Where the next window begins.
     *
     * @param readTo end of what was read
     * @param rawEnd asks for the end of the raw partition now
     */
    long next(long readTo, LongSupplier rawEnd) {
        if (later.isPresent()) {
            return later.get();
        }
        var end = undecided.isEmpty() ? 0 : rawEnd.getAsLong();
        for (var mention : undecided) {
            if (mention.source().offset() < end) {
                return mention.offset(); // the processor has gone on meanwhile
            }
            findings.add(withoutRecord, mention.source());
        }
        return readTo;
    }
}
