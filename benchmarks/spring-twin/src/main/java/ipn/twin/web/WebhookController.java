package ipn.twin.web;

import ipn.twin.TwinSettings;
import ipn.twin.gateway.Gateways;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint of the gateways: a webhook is acknowledged when Kafka has stored it. */
@RestController
class WebhookController {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    private static final int BODY_MAX = 256 * 1024;
    private static final long STORE_SECONDS = 10;

    private final TwinSettings settings;
    private final Gateways gateways;
    private final RawRecords records;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Clock clock;

    WebhookController(
            TwinSettings settings,
            Gateways gateways,
            RawRecords records,
            KafkaTemplate<String, byte[]> kafka,
            Clock clock) {
        this.settings = settings;
        this.gateways = gateways;
        this.records = records;
        this.kafka = kafka;
        this.clock = clock;
    }

    @PostMapping("/ipn/{gateway}/{account}")
    ResponseEntity<Void> receive(
            @PathVariable String gateway,
            @PathVariable String account,
            @RequestHeader HttpHeaders headers,
            HttpServletRequest request)
            throws IOException, InterruptedException {
        var found = gateways.find(gateway);
        var secret = settings.secret(gateway, account);
        if (found.isEmpty() || secret.isEmpty()) {
            return status(HttpStatus.NOT_FOUND);
        }
        var body = request.getInputStream().readNBytes(BODY_MAX + 1);
        if (body.length > BODY_MAX) {
            return status(HttpStatus.CONTENT_TOO_LARGE);
        }
        if (!found.get().authentic(headers, body, secret.get(), clock.instant())) {
            return status(HttpStatus.UNAUTHORIZED);
        }
        try {
            kafka.send(records.of(found.get(), account, headers, body)).get(STORE_SECONDS, TimeUnit.SECONDS);
            return status(HttpStatus.OK);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn("A webhook was not stored", e);
            return status(HttpStatus.SERVICE_UNAVAILABLE);
        }
    }

    private static ResponseEntity<Void> status(HttpStatus status) {
        return ResponseEntity.status(status).build();
    }
}
