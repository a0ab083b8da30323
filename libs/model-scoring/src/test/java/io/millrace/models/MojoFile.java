package io.millrace.models;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a generalized linear model as H2O exports it: a ZIP of texts. */
final class MojoFile {

  private MojoFile() {}

  /** P(yes) = logistic(0.5 + (red: 1, blue: -1) + 2 * amount). */
  static Path logisticRegression(Path file) throws IOException {
    String ini =
        """
        [info]
        h2o_version = 3.46.0.8
        mojo_version = 1.00
        license = Apache License Version 2.0
        algo = glm
        algorithm = Generalized Linear Modeling
        endianness = LITTLE_ENDIAN
        category = Binomial
        uuid = 1
        supervised = true
        n_features = 2
        n_classes = 2
        n_columns = 3
        n_domains = 2
        balance_classes = false
        default_threshold = 0.5
        prior_class_distrib = [0.5, 0.5]
        model_class_distrib = [0.5, 0.5]
        timestamp = 2026-01-01T00:00:00.000Z
        escape_domain_values = true
        use_all_factor_levels = true
        cats = 1
        cat_modes = [0]
        cat_offsets = [0, 2]
        nums = 1
        num_means = [0.0]
        mean_imputation = true
        beta = [-1.0, 1.0, 2.0, 0.5]
        family = binomial
        link = logit
        tweedie_link_power = 0.0

        [columns]
        colour
        amount
        answer

        [domains]
        0: 2 d000.txt
        2: 2 d001.txt
        """;
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "model.ini", ini);
      entry(zip, "domains/d000.txt", "blue\nred\n");
      entry(zip, "domains/d001.txt", "no\nyes\n");
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
