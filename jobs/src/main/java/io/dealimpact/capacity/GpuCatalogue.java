package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The GPU models that are known, found by name whatever its case and blanks. */
public final class GpuCatalogue implements Serializable {

  private static final long serialVersionUID = 1;

  private static final Pattern BLANKS = Pattern.compile("[\\s_-]+");

  private final TreeMap<String, GpuModel> models = new TreeMap<>();

  private GpuCatalogue() {}

  /**
   * The catalogue of these models.
   *
   * @throws IllegalArgumentException if two models have one name
   */
  public static GpuCatalogue of(Collection<GpuModel> models) {
    GpuCatalogue catalogue = new GpuCatalogue();
    for (GpuModel model : models) {
      if (catalogue.models.put(key(model.gpuModel()), model) != null) {
        throw new IllegalArgumentException("GPU model " + model.gpuModel() + " is given twice");
      }
    }
    return catalogue;
  }

  /**
   * The catalogue of a list that may name a model twice: of names that differ only in case and
   * blanks the first counts.
   *
   * @param models in an order that does not depend on how they travelled
   */
  public static GpuCatalogue ofFirst(Collection<GpuModel> models) {
    GpuCatalogue catalogue = new GpuCatalogue();
    models.forEach(model -> catalogue.models.putIfAbsent(key(model.gpuModel()), model));
    return catalogue;
  }

  /** The model of that name; empty if unknown. */
  public Optional<GpuModel> find(String name) {
    GpuModel asWritten = models.get(name); // Most names are their own keys.
    return Optional.ofNullable(asWritten == null ? models.get(key(name)) : asWritten);
  }

  /** The names known, in order. */
  public List<String> names() {
    return models.values().stream().map(GpuModel::gpuModel).toList();
  }

  private static String key(String name) {
    return BLANKS.matcher(name.toUpperCase(Locale.ROOT)).replaceAll("");
  }
}
