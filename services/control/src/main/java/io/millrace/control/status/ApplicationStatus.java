package io.millrace.control.status;

import java.util.List;

/**
 * How an application and its components are.
 *
 * @param reason the component and why, when the state needs a reason; or null
 * @param desired what it should be: null, DEPLOYED, RUNNING, QUIESCING or STOPPED
 * @param inRate events a second that its sources hand in
 * @param outRate events a second that its sinks hand out
 * @param lag events that wait, over all components
 */
public record ApplicationStatus(
    String name,
    String state,
    String reason,
    String desired,
    long revision,
    Double inRate,
    Double outRate,
    Long lag,
    Long deadLetters,
    Double latencyP50Millis,
    Double latencyP99Millis,
    List<ComponentView> components) {}
