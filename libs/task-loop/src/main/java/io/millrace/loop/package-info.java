/**
 * Consume, process, produce and commit in one transaction. {@link io.millrace.loop.TaskLoop} reads
 * the input topics of a component in a consumer group, hands what it polled to one {@link
 * io.millrace.loop.TaskProcessor} a task, and commits what they emitted together with the offsets
 * of what they read. A task is one partition number across all inputs; instances share tasks by
 * being members of the group.
 *
 * <p>What a processor emits is visible to readers exactly once, whatever fails: the loop, its
 * process, the broker, another instance that still believes to own the task.
 */
package io.millrace.loop;
