package ipn.app;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector of traces: takes OTLP over HTTP, and keeps the spans. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Seen> spans = new CopyOnWriteArrayList<>();

    /** A span and the service that it is of. */
    record Seen(String service, Span span) {
        String name() {
            return span.getName();
        }

        String traceId() {
            return hex(span.getTraceId());
        }

        String id() {
            return hex(span.getSpanId());
        }

        /** Empty: it is the root. */
        String parent() {
            return hex(span.getParentSpanId());
        }

        Map<String, String> attributes() {
            return texts(span.getAttributesList());
        }
    }

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() {
        try {
            var collector =
                    new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            collector.server.createContext("/v1/traces", collector::take);
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = new GZIPInputStream(
                new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()));
        for (var of : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            var service = texts(of.getResource().getAttributesList()).getOrDefault("service.name", "");
            of.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Seen(service, span))));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    List<Seen> spans() {
        return List.copyOf(spans);
    }

    List<Seen> of(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        each -> each.getValue().hasIntValue()
                                ? Long.toString(each.getValue().getIntValue())
                                : each.getValue().getStringValue()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
