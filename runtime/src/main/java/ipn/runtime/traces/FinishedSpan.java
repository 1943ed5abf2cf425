package ipn.runtime.traces;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import ipn.topics.TraceParent;
import java.util.Optional;

/**
 * A step that has ended.
 *
 * @param context trace and span id
 * @param parent the span that caused it; empty: it is the root of its trace
 * @param link a span of another trace that it has to do with
 * @param began by {@link System#nanoTime()}
 * @param ended by {@link System#nanoTime()}
 * @param error type of the error that it ended in
 * @param attributes no personal data, no amount of money, and nothing of a body
 */
public record FinishedSpan(
        String name,
        SpanKind kind,
        TraceParent context,
        Optional<TraceParent> parent,
        Optional<TraceParent> link,
        long began,
        long ended,
        Optional<String> error,
        Attributes attributes) {}
