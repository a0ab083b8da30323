/** Which service answers which path. */
package io.millrace.gateway.routes;
