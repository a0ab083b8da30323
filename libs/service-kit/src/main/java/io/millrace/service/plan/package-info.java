/** The desired state of applications, as services read it. */
package io.millrace.service.plan;
