/** {@code ipn send}: sends signed notifications to an ingress, as a gateway does. */
@NullMarked
package ipn.app.command.send;

import org.jspecify.annotations.NullMarked;
