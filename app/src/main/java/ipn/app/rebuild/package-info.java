/** History run again: the stages of this build process copies of the inputs, and write into topics with a prefix of their own. */
@NullMarked
package ipn.app.rebuild;

import org.jspecify.annotations.NullMarked;
