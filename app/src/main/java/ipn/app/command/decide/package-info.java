/** Commands with which people decide about money and access. */
@NullMarked
package ipn.app.command.decide;

import org.jspecify.annotations.NullMarked;
