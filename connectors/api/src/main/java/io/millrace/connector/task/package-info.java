/**
 * What our own tasks take from the platform while they run, so that tests can give it to them from
 * memory: {@link io.millrace.connector.task.TaskPlatform}.
 */
package io.millrace.connector.task;
