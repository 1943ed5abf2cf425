package ipn.app.command.decide;

import ipn.key.EntitlementKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose access to what. */
final class AccessOptions {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "Id of the user.")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "ENTITLEMENT", description = "Name of the entitlement, such as premium.")
    private String entitlement = "";

    @Option(
            names = "--scope",
            paramLabel = "ID",
            description =
                    "What the entitlement is limited to, such as the id of a post. Default: an entitlement without a scope.")
    @Nullable
    private String scope;

    @Mixin
    private Previewed previewed = new Previewed();

    String subject() {
        return subject;
    }

    String entitlement() {
        return entitlement;
    }

    @Nullable
    String scope() {
        return scope;
    }

    Previewed previewed() {
        return previewed;
    }

    EntitlementKey key() {
        return AccessRun.key(subject, entitlement, Optional.ofNullable(scope));
    }
}
