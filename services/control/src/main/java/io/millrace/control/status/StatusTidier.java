package io.millrace.control.status;

import io.millrace.service.bus.Outbound;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Withdraws the statuses of instances that died without doing so. */
@Component
class StatusTidier {

  private final StatusBoard board;
  private final Outbound statuses;

  StatusTidier(StatusBoard board, StreamBridge bridge) {
    this.board = board;
    this.statuses = new Outbound(bridge, "withdrawals");
  }

  @Scheduled(initialDelay = 30_000, fixedDelay = 30_000)
  void tidy() {
    if (board.isCaughtUp()) {
      board.abandoned().forEach(statuses::remove);
    }
  }
}
