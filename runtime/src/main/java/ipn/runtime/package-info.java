/** What the stages share: exceptions without their messages; in sub-packages the Streams runner, the management server, HTTP. */
@NullMarked
package ipn.runtime;

import org.jspecify.annotations.NullMarked;
