/** Raw HTTP/1.0 over a stream socket: one request, one connection. Knows nothing of Docker. */
@NullMarked
package watchdog.http;

import org.jspecify.annotations.NullMarked;
