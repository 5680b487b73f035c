/** Tries every sequence of what can befall a container, breadth-first, and checks what must hold at each. */
@NullMarked
package watchdog.policy.explore;

import org.jspecify.annotations.NullMarked;
