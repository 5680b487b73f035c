/** The packaged jar against a real engine. */
package watchdog.e2e;
