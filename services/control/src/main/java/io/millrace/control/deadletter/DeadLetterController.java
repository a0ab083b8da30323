package io.millrace.control.deadletter;

import io.millrace.control.ControlError;
import io.millrace.control.application.Applications;
import io.millrace.control.web.Page;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "dead-letters")
class DeadLetterController {

  private final Applications applications;
  private final DeadLetterReader reader;
  private final DeadLetterReplay replay;

  DeadLetterController(
      Applications applications, DeadLetterReader reader, DeadLetterReplay replay) {
    this.applications = applications;
    this.reader = reader;
    this.replay = replay;
  }

  /**
   * Which dead letters to process again.
   *
   * @param ids these, whether they were replayed before or not
   * @param all every one that was not replayed yet
   * @param original in base64: what to process in the original's place; with one id
   */
  record Replay(String application, List<String> ids, Boolean all, String original) {
    Replay {
      application = Applications.fullName(application);
    }

    boolean everything() {
      return Boolean.TRUE.equals(all);
    }
  }

  record Replayed(int count) {}

  @GetMapping
  @Operation(
      summary =
          "What an application could not process, the latest first, each failure once; what was"
              + " replayed only when asked for")
  Page<DeadLetterView> all(
      @RequestParam String application,
      @RequestParam(required = false) String component,
      @RequestParam(defaultValue = "false") boolean replayed,
      @RequestParam(required = false) String cursor,
      @RequestParam(required = false) Integer limit) {
    String name = applications.get(Applications.fullName(application)).name();
    int size = Page.size(limit);
    String after = Page.position(cursor);
    List<DeadLetterReader.Kept> found =
        reader.read(name).stream()
            .filter(kept -> replayed || kept.replayedAt() == null)
            .filter(kept -> component == null || kept.letter().getComponent().equals(component))
            .filter(kept -> after.isEmpty() || position(kept).compareTo(after) < 0)
            .sorted((a, b) -> position(b).compareTo(position(a)))
            .limit(size + 1L)
            .toList();
    return Page.of(found, size, DeadLetterController::position).map(DeadLetterView::of);
  }

  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize(Roles.HAS_OPERATOR)
  @Operation(summary = "Has dead letters processed again, one of them corrected if need be")
  Replayed replay(@RequestBody Replay request) {
    applications.get(request.application());
    List<DeadLetter> letters = chosen(request);
    byte[] corrected = corrected(request, letters);
    replay.replay(request.application(), letters, corrected);
    return new Replayed(letters.size());
  }

  private List<DeadLetter> chosen(Replay request) {
    boolean some = request.ids() != null && !request.ids().isEmpty();
    if (some == request.everything()) {
      throw ControlError.WHICH_DEAD_LETTERS.with();
    }
    List<DeadLetterReader.Kept> letters = reader.read(request.application());
    if (request.everything()) {
      return letters.stream()
          .filter(kept -> kept.replayedAt() == null)
          .map(DeadLetterReader.Kept::letter)
          .toList();
    }
    Map<String, DeadLetter> byId = new HashMap<>();
    letters.forEach(kept -> byId.put(kept.letter().getId(), kept.letter()));
    return request.ids().stream()
        .distinct()
        .map(id -> {
          DeadLetter letter = byId.get(id);
          if (letter == null) {
            throw ControlError.DEAD_LETTER_NOT_FOUND.with(request.application(), id);
          }
          return letter;
        })
        .toList();
  }

  private static byte[] corrected(Replay request, List<DeadLetter> letters) {
    if (request.original() == null) {
      return null;
    }
    if (letters.size() != 1) {
      throw ControlError.WHICH_DEAD_LETTERS.with();
    }
    try {
      return Base64.getDecoder().decode(request.original());
    } catch (IllegalArgumentException e) {
      throw ControlError.WHICH_DEAD_LETTERS.with().because(e);
    }
  }

  /** Sorts by time, then id. */
  private static String position(DeadLetterReader.Kept kept) {
    DeadLetter letter = kept.letter();
    return "%019d/%s".formatted(letter.getOccurredAt(), letter.getId());
  }
}
