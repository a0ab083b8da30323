/** The actual state of components and applications. */
package io.millrace.control.status;
