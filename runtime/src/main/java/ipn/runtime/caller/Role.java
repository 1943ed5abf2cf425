package ipn.runtime.caller;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Role {
    /** Asks operators' questions. */
    VIEWER,
    SUPPORT,
    OPERATOR,
    APPROVER,
    /** A program that asks what a user may use, and nothing else. */
    SERVICE,
    /** A program that writes orders. */
    CHECKOUT;

    /** Roles of people. */
    public static final Set<Role> PEOPLE = Set.copyOf(EnumSet.range(VIEWER, APPROVER));
    /** Who may ask what a user may use. */
    public static final Set<Role> ACCESS = Set.copyOf(EnumSet.range(VIEWER, SERVICE));
    /** Who may write orders. */
    public static final Set<Role> ORDERS = Set.of(CHECKOUT);

    /** All names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "));
    }

    /** Its name in tokens and settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a role of other systems. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.text().equals(name)).findFirst();
    }
}
