/** The control plane's topics, read and written by Spring Cloud Stream functions. */
package io.millrace.service.bus;
