package ipn.operations.imports;

import ipn.gateway.Accounts;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Instant;

/** An export, and where its fields are. */
public enum ExportFormat {
    STRIPE("stripe", new StripeLines()),
    PADDLE("paddle", new PaddleLines()),
    APPLE("apple", new AppleLines()),
    CSV("", new GenericLines());

    /** How lines of a format are read. */
    interface Lines {
        /** The gateway's id that its notifications of the subscription have as payment key. */
        String id(ExportLine line);

        /**
         * What the line contains.
         *
         * @param names of the merchant's references
         * @throws LineException if it cannot be read
         */
        Terms terms(ExportLine line, ImportAccount names, Instant asOf);
    }

    private final String gateway;
    private final Lines lines;

    ExportFormat(String gateway, Lines lines) {
        this.gateway = gateway;
        this.lines = lines;
    }

    /** The gateway of all lines; empty: each line has its own. */
    public String gateway() {
        return gateway;
    }

    Lines lines() {
        return lines;
    }

    /** Whether any account of the settings can have such lines. */
    public boolean isConfigured(Accounts accounts) {
        return gateway.isEmpty() || accounts.hasGateway(gateway);
    }
}
