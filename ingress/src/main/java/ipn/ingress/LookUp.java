package ipn.ingress;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import ipn.http.HttpObserver;
import ipn.runtime.traces.FinishedSpan;
import ipn.runtime.traces.SpanAttributes;
import ipn.topics.TraceParent;
import java.net.URI;
import java.util.Optional;

/** One request to a gateway because of a delivery. Paths and queries of such requests can contain ids, so only the host is kept. */
final class LookUp implements HttpObserver.End {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final String method;
    private final URI url;
    private final long began = System.nanoTime();
    private volatile int status;
    private volatile long ended;

    LookUp(String method, URI url) {
        this.method = method;
        this.url = url;
    }

    @Override
    public void ended(int replied) {
        status = replied;
        ended = System.nanoTime();
    }

    /** @param now its end, if it has not ended yet */
    FinishedSpan span(TraceParent request, long now) {
        var end = ended;
        return new FinishedSpan(
                method,
                SpanKind.CLIENT,
                request.child(),
                Optional.of(request),
                Optional.empty(),
                began,
                end == 0 ? now : end,
                error(end),
                attributes());
    }

    private Optional<String> error(long end) {
        if (end == 0) {
            return Optional.of("unfinished");
        }
        if (status == 0) {
            return Optional.of("no_reply");
        }
        return status >= 400 ? Optional.of(Integer.toString(status)) : Optional.empty();
    }

    private Attributes attributes() {
        var isTls = "https".equals(url.getScheme());
        var port = url.getPort() > 0 ? url.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        var attributes = Attributes.builder()
                .put(SpanAttributes.METHOD, method)
                .put(SpanAttributes.SCHEME, isTls ? "https" : "http")
                .put(SpanAttributes.SERVER, String.valueOf(url.getHost()))
                .put(SpanAttributes.SERVER_PORT, (long) port);
        if (status > 0) {
            attributes.put(SpanAttributes.STATUS, (long) status);
        }
        return attributes.build();
    }
}
