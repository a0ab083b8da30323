package io.millrace.control.application;

import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The streams of all applications, by full name: namespace.application.stream. */
@Component
public class StreamDirectory {

  private final ApplicationStore store;

  StreamDirectory(ApplicationStore store) {
    this.store = store;
  }

  /** A stream and the application it belongs to. */
  public record Found(String application, Plan plan, StreamDefinition definition) {}

  /**
   * Finds a stream; the stream's own name may hold dots, as captured tables' do.
   *
   * @param fullName namespace.application.stream
   */
  public Optional<Found> find(String fullName) {
    int namespace = fullName.indexOf('.');
    int application = namespace < 0 ? -1 : fullName.indexOf('.', namespace + 1);
    if (application < 0) {
      return Optional.empty();
    }
    String name = fullName.substring(0, application);
    String stream = fullName.substring(application + 1);
    return store
        .find(name)
        .map(store::current)
        .flatMap(revision ->
            revision.plan().getStreams().stream()
                .filter(s -> s.getName().equalsIgnoreCase(stream))
                .findFirst()
                .map(s -> new Found(name, revision.plan(), s)));
  }

  public Collection<String> names() {
    List<String> names = new ArrayList<>();
    for (Revision revision : store.currents()) {
      for (StreamDefinition stream : revision.plan().getStreams()) {
        names.add(revision.application() + "." + stream.getName());
      }
    }
    return names;
  }
}
