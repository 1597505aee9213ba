package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GpuCatalogueTest {
  private static final GpuModel FIRST = model("GB200", 1.6);
  private static final GpuModel AGAIN = model("gb 200", 1.9);

  @Test
  void ofNamesThatDifferInCaseAndBlanksTheFirstCounts() {
    GpuCatalogue catalogue = GpuCatalogue.ofFirst(List.of(FIRST, AGAIN, model("H100", 1)));
    assertThat(catalogue.names()).containsExactly("GB200", "H100");
    assertThat(catalogue.find("Gb-200")).contains(FIRST);
  }

  @Test
  void aListThatMustNameAModelOnceIsRefused() {
    assertThatThrownBy(() -> GpuCatalogue.of(List.of(FIRST, AGAIN)))
        .hasMessage("GPU model gb 200 is given twice");
  }

  private static GpuModel model(String name, double kw) {
    return new GpuModel(name, "NVIDIA", QuantityRange.exactly(kw), null, null, null, "test");
  }
}
