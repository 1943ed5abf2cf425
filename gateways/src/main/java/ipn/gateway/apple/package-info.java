/** Apple: App Store Server Notifications V2, each a token signed with ES256 under Apple's own authority. */
@NullMarked
package ipn.gateway.apple;

import org.jspecify.annotations.NullMarked;
