package io.dealimpact.source.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {

  @Test
  void tasksHoldSmallFilesTogetherAndLargeOnesApart() {
    LandingFile small = new LandingFile(Feed.FX, "a", "a", 10, "");
    LandingFile large = new LandingFile(Feed.FX, "b", "b", 1L << 30, "");
    assertThat(Tasks.pack(List.of(small, small, large, small), 1))
        .extracting(List::size)
        .containsExactly(2, 1, 1);
    assertThat(LandingFile.ofStrings(large.toStrings())).isEqualTo(large);
  }
}
