package io.millrace.service.plan;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.CompactedTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads {@code millrace.plans} and keeps the latest plan of each application; hands them to the
 * service's {@link PlanListener}.
 */
public final class PlanReader extends CompactedTopic {

  private final PlanDispatcher dispatcher;
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  PlanReader(PlanDispatcher dispatcher) {
    super(Topics.PLANS);
    this.dispatcher = dispatcher;
  }

  /** The latest plans by application, as read so far; without dropped applications. */
  public Map<String, Plan> plans() {
    return Map.copyOf(plans);
  }

  @Override
  protected void onRecord(String application, byte[] value) throws IOException {
    if (value == null) {
      plans.remove(application);
      dispatcher.offer(application, null);
    } else {
      Plan plan = Plan.fromByteBuffer(ByteBuffer.wrap(value));
      if (plan.getDropped()) {
        plans.remove(application);
      } else {
        plans.put(application, plan);
      }
      dispatcher.offer(application, plan);
    }
  }

  @Override
  protected void onCaughtUp() {
    dispatcher.caughtUp();
  }
}
