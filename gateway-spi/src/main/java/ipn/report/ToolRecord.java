package ipn.report;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.StoredDelivery;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.imported.ImportedSubscriptions;
import java.util.Optional;

/** Raw records that our tools write, in formats of our own: no gateway sent them. */
public enum ToolRecord {
    REPORT_LINE {
        @Override
        public Item item(AccountId account, Bytes document) {
            return ReportLines.item(account, document);
        }

        @Override
        public Translation translate(AccountId account, Delivery delivery) {
            return ReportLines.translate(delivery);
        }
    },
    IMPORTED_SUBSCRIPTION {
        @Override
        public Item item(AccountId account, Bytes document) {
            return ImportedSubscriptions.item(account, document);
        }

        @Override
        public Translation translate(AccountId account, Delivery delivery) {
            return ImportedSubscriptions.translate(account, delivery);
        }
    };

    /** The kind of a raw record; empty: a gateway sent it. Only a header that the ingress never writes decides. */
    public static Optional<ToolRecord> in(StoredDelivery stored) {
        if (ReportLines.isOne(stored)) {
            return Optional.of(REPORT_LINE);
        }
        return ImportedSubscriptions.isOne(stored) ? Optional.of(IMPORTED_SUBSCRIPTION) : Optional.empty();
    }

    /** Identifies it. Cheap, never throws. */
    public abstract Item item(AccountId account, Bytes document);

    /** Translates it. Never throws. */
    public abstract Translation translate(AccountId account, Delivery delivery);
}
