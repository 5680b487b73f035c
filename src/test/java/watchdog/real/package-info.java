/** The packaged watchdog, as a process, against a real Docker engine. */
package watchdog.real;
