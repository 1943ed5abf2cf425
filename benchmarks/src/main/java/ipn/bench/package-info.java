/** Load against a running pipeline, judged by an oracle that shares no rule with it. */
@NullMarked
package ipn.bench;

import org.jspecify.annotations.NullMarked;
