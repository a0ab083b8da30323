/** The actual state of components, as services report it. */
package io.millrace.service.status;
