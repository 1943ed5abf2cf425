/** Commands that show one payment, order, subject or gateway, and explain entitlements. */
@NullMarked
package ipn.app.command.query;

import org.jspecify.annotations.NullMarked;
