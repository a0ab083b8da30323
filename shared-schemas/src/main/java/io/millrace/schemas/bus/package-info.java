/**
 * The control topics, and the schema store on one of them. Needs kafka-clients on the class path.
 */
package io.millrace.schemas.bus;
