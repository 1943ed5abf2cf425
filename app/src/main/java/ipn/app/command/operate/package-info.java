/** Commands for engineers on call: dead letters, the brake, topics, and the conservation check. */
@NullMarked
package ipn.app.command.operate;

import org.jspecify.annotations.NullMarked;
