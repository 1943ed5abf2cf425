package ipn.query.http;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do, as the issuer of their token says. */
enum Role {
    /** Asks. */
    VIEWER,
    SUPPORT,
    OPERATOR,
    APPROVER,
    /** A program, which asks what a user may use, and nothing else. */
    SERVICE;

    boolean mayAsk() {
        return this != SERVICE;
    }

    /** Empty for a role of other systems. */
    static Optional<Role> named(String name) {
        for (var role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
