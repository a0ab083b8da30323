/** Calls from service to service. */
package io.millrace.service.http;
